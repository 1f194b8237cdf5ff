import { fin, readRequestHead, send } from "../../harness/faults/steps.ts";
import { healthy, wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The upstream's port is one digit off: a MySQL server answers",
  cause: "http_protocol_error",
  upstreams: [
    wire(
      // Its greeting, 74 octets: protocol 10, version, connection, the first part of a salt, what it can do, …
      send("J\0\0\0", "\n8.0.36\0", "\x07\0\0\0", "saltsalt\0", "\xff\xff\xff\x02\0\xff\xdf\x15", "\0".repeat(10)),
      send("saltsaltsalt\0", "caching_sha2_password\0"),
      readRequestHead(),
      // An error packet, 33 octets: code 1156, SQL state, text.
      send("!\0\0\x01", "\xff\x84\x04#08S01Got packets out of order"),
      fin(),
    ),
  ],
  claim: "own",
  proof: [{ act: "sent" }],
  remedy: { upstreams: [healthy()], proof: [{ act: "request-read", times: 1 }] },
  story: {
    symptom:
      "502 on everything since the last change of the configuration; both the proxy and the application are “up”.",
    why: "A connect says that *somebody* listens, not who. 3306 for 3360, a port that was given to another container after a restart, an offset in a port mapping: the TCP check is green and each request is answered in a foreign language. MySQL greets first, then finds in `GET ` the header of a packet that comes out of order.",
    evidence: [
      "nc app 3306 | strings   # 8.0.36 … caching_sha2_password",
      "ss -ltnp 'sport = :3306'   # users:((\"mysqld\",pid=…))",
      "mysql error log: Got packets out of order; or, after some of them: Host 'proxy' is blocked because of many connection errors",
    ],
    remedy:
      "Correct the port. Then let the health check ask for a page, as a check that only connects would have called this upstream healthy.",
  },
  spec: ["RFC 9112 §4", "RFC 9110 §15.6.3", "RFC 9209 §2.3.28"],
} satisfies Scenario;
