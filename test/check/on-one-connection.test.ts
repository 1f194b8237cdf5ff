import { expect, test } from "vitest";
import { onOneConnection } from "../../harness/check/on-one-connection.ts";
import type { Verdict } from "../../harness/verdict.ts";
import { scenario, trial } from "../report/cells.ts";

const unproven: Verdict = { kind: "void", why: ["not proven"] };
const stale = scenario("crash/stale", { asks: [{}, {}], proof: [{ act: "sent" }, { act: "rst", ask: 2 }] });
const transcript = { bytes: 0, first: "" };
const connections = [1, 2].map((number) => ({ who: "upstream 1", number, received: transcript, sent: transcript }));
const sent = { at: 1, who: "upstream 1", act: "sent" };

test("a proxy that used a second connection could not meet what the second request brings about", () => {
  expect(onOneConnection(stale, trial({ connections, timeline: [sent] }), unproven).kind).toBe("inapplicable");
});

test.each([
  ["the first request's part is missing too", trial({ connections, timeline: [] })],
  ["there was one connection", trial({ connections: connections.slice(0, 1), timeline: [sent] })],
  ["the trial was spoiled", trial({ connections, timeline: [sent], spoiled: "it could not be armed" })],
  ["it is void for another reason", trial({ connections, timeline: [sent, { ...sent, act: "rst" }] })],
])("a void trial stays void where %s", (_, record) => {
  expect(onOneConnection(stale, record, unproven)).toBe(unproven);
});
