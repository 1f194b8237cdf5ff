import { body, head } from "../../harness/faults/content.ts";
import { pause, readRequest, rst, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A body that only the close would end is ended by a reset",
  cause: "connection_terminated",
  upstreams: [wire(readRequest(), send(head("200 OK", { Connection: "close" }), body(100, 0, 50)), pause(200), rst())],
  claim: "cut",
  proof: [
    { act: "sent", times: 1 },
    { act: "rst", times: 1 },
  ],
  story: {
    symptom: "Truncated exports from an old CGI backend, and every one of them logged as 200.",
    why: "With neither length nor chunks the body lasts until the connection closes: FIN would be its proper end, RST is not. This is the one bit of evidence there is, and a proxy that re-frames the body in chunks has to hand it on: no last chunk after a reset.",
    evidence: [
      "curl -v http://app:8080/export   # curl: (56) Recv failure: Connection reset by peer",
      "curl -v http://gateway/export   # must fail as well; exit code 0 here means silent damage",
      "nginx error log: readv() failed (104: Connection reset by peer) while reading upstream",
    ],
    remedy: "Let the backend frame its answers: Content-Length where the size is known, chunks where it is not.",
  },
  spec: ["RFC 9209 §2.3.8", "RFC 9112 §6.3", "RFC 9112 §8"],
} satisfies Scenario;
