import { expect, test } from "vitest";
import { signature } from "../../harness/report/cross-walk.ts";

test.each([
  [
    '[error] connect() failed (111: Connection refused) while connecting to upstream, client: 127.0.0.1, server: , request: "GET /"',
    "[error] connect() failed (111: Connection refused) while connecting to upstream",
  ],
  [
    '2026-11-24T10:04:07.400Z GET / 502 own connection_refused 0B 42.8ms upstream=[http://127.121.71.48:37521 -] "connect ECONNREFUSED 127.121.71.48:37521"',
    'GET / 502 own connection_refused … … upstream=[…] "connect ECONNREFUSED …"',
  ],
  ["[crit] connect() to unix:/tmp/bg-x/7/s failed (2: No such file)", "[crit] connect() to … failed (2: No such file)"],
  [
    "[error] backend.test could not be resolved (3: Host not found)",
    "[error] … could not be resolved (3: Host not found)",
  ],
])("what stays the same of a log line: %s", (line, same) => {
  expect(signature(line)).toBe(same);
});
