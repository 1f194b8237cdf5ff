import { answer } from "../../harness/faults/content.ts";
import { readBytes, readRequest, rst, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The kept connection dies under a POST, which must not be repeated",
  cause: "connection_terminated",
  upstreams: [wire(readRequest(), send(answer()), readBytes(1), rst())],
  asks: [{}, { method: "POST", path: "/orders", body: 100, claim: "own" }],
  claim: "clean",
  proof: [
    { act: "bytes-read", times: 1, ask: 2 },
    { act: "rst", times: 1, ask: 2 },
  ],
  remedy: { plan: { keepAlive: false }, proof: [{ act: "request-read", times: 2 }] },
  story: {
    symptom: "Sporadic 502s on forms and API writes only, never on page views: the proxy hides the race for GET.",
    why: "The POST has left on a connection that the backend resets at its first byte. Perhaps it was read, perhaps not; the proxy cannot tell, and a second order must not be placed on a guess. So it has to admit the failure: 502. A 200 here would mean that the POST was sent twice.",
    evidence: [
      "awk '$9 == 502 {print $6}' access.log | sort | uniq -c   # all of them POST, PATCH",
      "nginx: $upstream_addr shows one address, no second try; with proxy_next_upstream non_idempotent it shows two",
      "nginx error log: recv() failed (104: Connection reset by peer) while reading response header from upstream",
      "tcpdump -ni any 'tcp port 8080'   # the POST goes out once",
    ],
    remedy:
      "Cure the race (backend's idle timeout above the proxy's), or send writes on fresh connections. To make repeats safe, give requests an idempotency key that the application checks.",
  },
  spec: ["RFC 9110 §9.2.2", "RFC 9112 §9.3.1", "RFC 9209 §2.3.8"],
} satisfies Scenario;
