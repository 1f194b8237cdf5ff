import { expect, test } from "vitest";
import { accessLine } from "../../harness/gateway/access-text.ts";
import { signature } from "../../harness/report/cross-walk.ts";

test.each([
  [
    '[error] connect() failed (111: Connection refused) while connecting to upstream, client: 127.0.0.1, server: , request: "GET /"',
    "[error] connect() failed (111: Connection refused) while connecting to upstream",
  ],
  [
    accessLine({
      at: Date.UTC(2026, 0, 31),
      method: "GET",
      target: "/",
      outcome: "own",
      status: 502,
      cause: "http_protocol_error",
      details: "the response is not HTTP (RFC 9112 §4)",
      sent: 62,
      took: 1.234,
      upstreams: [{ url: "http://127.121.71.48:37521", connected: 0.4, head: 1, cause: "http_protocol_error" }],
    }),
    '502 own http_protocol_error … … GET / → http:… http_protocol_error (connected …, head …) "the response is not HTTP (RFC 9112 §4)"',
  ],
  ["[crit] connect() to unix:/tmp/bg-x/7/s failed (2: No such file)", "[crit] connect() to … failed (2: No such file)"],
  [
    "[error] backend.test could not be resolved (3: Host not found)",
    "[error] … could not be resolved (3: Host not found)",
  ],
  ["Error: getaddrinfo ENOTFOUND backend-5c979a12-10", "Error: getaddrinfo ENOTFOUND …"],
  [
    "Error: write EPROTO 40EDEE6DC47F0000:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number",
    "Error: write EPROTO …:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number",
  ],
])("what stays the same of a log line: %s", (line, same) => {
  expect(signature(line)).toBe(same);
});
