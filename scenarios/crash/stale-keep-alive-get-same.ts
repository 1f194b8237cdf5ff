import { answer } from "../../harness/faults/content.ts";
import { readBytes, readRequest, rst, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The kept connection dies under the next GET, and the client keeps its own",
  cause: "connection_terminated",
  upstreams: [wire(readRequest(), send(answer()), readBytes(1), rst())],
  asks: [{}, { on: "same", claim: ["own", "clean"] }],
  claim: "clean",
  proof: [
    { act: "bytes-read", times: 1, ask: 2 },
    { act: "rst", times: 1, ask: 2 },
  ],
  remedy: { plan: { keepAlive: false }, proof: [{ act: "request-read", times: 2 }] },
  story: {
    symptom:
      "Browsers are fine, but a program with a connection pool of its own reports “socket hang up” without a status.",
    why: "The same race, seen from a client that keeps its connection to the proxy as well. Some proxies then hand the race on: they close the client's connection without a word, trusting the client to repeat as browsers do. A client behind a gateway deserves an answer: a repeated GET, or a 502.",
    evidence: [
      "curl -v http://gateway/ http://gateway/   # Re-using existing connection … Connection died, retrying a fresh connect",
      "The client's own log: ECONNRESET or “socket hang up” on a reused connection",
      "HAProxy, httpd: no error line at all; the request is missing in the access log or has status -1",
    ],
    remedy:
      "As for the plain race: backend's idle timeout above the proxy's. Where the proxy closes without an answer, let it repeat instead (HAProxy: retry-on conn-failure empty-response), or let clients repeat idempotent requests.",
  },
  spec: ["RFC 9209 §2.3.8", "RFC 9112 §9.3.1", "RFC 9110 §9.2.2"],
} satisfies Scenario;
