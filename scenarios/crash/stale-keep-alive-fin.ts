import { answer } from "../../harness/faults/content.ts";
import { fin, readBytes, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The kept connection is closed in good order under the next GET",
  cause: "connection_terminated",
  upstreams: [wire(readRequest(), send(answer()), readBytes(1), fin())],
  asks: [{}, { claim: ["own", "clean"] }],
  claim: "clean",
  proof: [
    { act: "bytes-read", times: 1, ask: 2 },
    { act: "fin", times: 1, ask: 2 },
  ],
  remedy: { plan: { keepAlive: false }, proof: [{ act: "request-read", times: 2 }] },
  story: {
    symptom: "Single 502s while workers are being recycled (max-requests, graceful reload).",
    why: "Here the backend does see the first byte of the second request, and closes with FIN: a worker that has reached its last request and forgot to say Connection: close beforehand. No RST, just the end of file where a status line should be, on a connection that has worked before.",
    evidence: [
      "nginx error log: upstream prematurely closed connection while reading response header from upstream",
      "tcpdump -ni any 'tcp port 8080'   # request on an old connection, [F.] in reply, no [R]",
      "grep -E 'max.requests|pm.max_requests' /etc/app/*   # does the 502 rate follow worker recycling?",
    ],
    remedy:
      "Announce the end: Connection: close on the last answer of a connection leaves no doubt, and no race. Failing that, a proxy may repeat a GET once on a fresh connection.",
  },
  spec: ["RFC 9209 §2.3.8", "RFC 9112 §9.6", "RFC 9112 §9.3.1"],
} satisfies Scenario;
