import { expect, test } from "vitest";
import type { AccessRecord } from "../../harness/gateway/access-record.ts";
import { accessLine } from "../../harness/gateway/access-text.ts";

const record: AccessRecord = {
  at: 0,
  method: "GET",
  target: "/",
  outcome: "relayed",
  status: 200,
  upstreams: [],
  sent: 12,
  took: 3.12345,
};

test("a line for people: what seldom exceeds its width stands first", () => {
  const tries = [
    { url: "http://app:80", cause: "connection_refused" },
    { url: "https://app:443", address: "127.0.0.3:443", connected: 1.25, head: 2, status: 200 },
  ] as const;
  expect(accessLine({ ...record, upstreams: tries })).toBe(
    "1970-01-01T00:00:00.000Z  200 relayed   -                           3.1 ms      12 B  GET /" +
      "  → http://app:80 connection_refused  → https://app:443 200 (127.0.0.3:443, connected 1.3, head 2.0)",
  );
});

test("nothing from outside ends the line, or steers a terminal", () => {
  const line = accessLine({ ...record, target: "/\n\u001b[31m\u009b\ud800", details: "a\r\nb" });
  expect(line).toMatch(/ GET \/\\u000a\\u001b\[31m\\u009b\\ud800 {2}"a\\u000d\\u000ab"$/);
  expect(accessLine({ ...record, cause: "http_protocol_error", details: "a\tb, §4" })).toMatch(/"a\\u0009b, §4"$/);
});

test("a client that left has no status", () => {
  const { status: _, ...rest } = record;
  expect(accessLine({ ...rest, outcome: "gone" })).toContain("  -   gone      -  ");
});
