import { expect, test } from "vitest";
import { sometimes } from "../harness/faults/sometimes.ts";
import { readRequest, rst } from "../harness/faults/steps.ts";
import { wire } from "../harness/faults/wire.ts";
import { repeat } from "../harness/lab/repeat.ts";
import { defaultTimers } from "../harness/plan.ts";
import gateway from "../harness/proxies/gateway/driver.ts";
import type { NamedScenario } from "../harness/scenario.ts";

const intermittent: NamedScenario = {
  id: "pool/intermittent",
  title: "One request in three is lost",
  cause: "connection_terminated",
  upstreams: [sometimes(wire(readRequest(), rst()), { rate: 1 / 3 })],
  asks: [{ times: 12 }],
  claim: ["own", "clean"],
  proof: [{ act: "chose", times: 12 }],
  story: { symptom: "…", why: "…", evidence: ["…"], remedy: "…" },
  spec: ["RFC 9209 §2.3.8"],
};

async function outcomes(seed: number, times: number): Promise<string[]> {
  const cells = await repeat({ scenarios: [intermittent], drivers: [gateway], timers: defaultTimers, seed }, times);
  expect(cells.map(({ verdict }) => verdict.kind)).toEqual(Array(times).fill("pass"));
  expect(cells.map(({ trial }) => trial?.seed)).toEqual(Array.from({ length: times }, (_, turn) => seed + turn));
  return cells.map(({ trial }) => trial?.exchanges.map(({ outcome }) => outcome).join(" ") ?? "");
}

test("each repetition can be had again alone, by its own seed", async () => {
  const repeated = await outcomes(40, 4);
  expect(new Set(repeated).size).toBeGreaterThan(1);
  for (const [turn, came] of repeated.entries()) expect(await outcomes(40 + turn, 1)).toEqual([came]);
});
