import { fin, readBytes, readRequestHead } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend closes in the middle of an upload",
  cause: "connection_terminated",
  upstreams: [wire(readRequestHead(), readBytes(65_536), fin())],
  asks: [{ method: "POST", path: "/upload", body: 2 * 2 ** 20 }],
  claim: "own",
  proof: [
    { act: "request-head-read", times: 1 },
    { act: "bytes-read", times: 1 },
    { act: "fin", times: 1 },
  ],
  story: {
    symptom: "Small forms work, large files fail at some point of the progress bar.",
    why: "The backend says goodbye (FIN) after the first part of the body and sends no status. Half of a TCP connection is still open, so the proxy could write on for ever; what it must notice is that the *reading* side has ended without an answer.",
    evidence: [
      "curl -v -T big.iso http://gateway/upload   # the 502 comes while bytes are still going out",
      "tcpdump -ni any 'tcp port 8080'   # [F.] from the backend between the proxy's data packets",
      "The application's log: a worker that hit its memory or time limit in the body parser",
      "nginx error log: upstream prematurely closed connection while reading response header from upstream",
    ],
    remedy:
      "Let the application answer 413 before it closes (RFC 9110 §15.5.14), and let it stream uploads to disk instead of holding them in memory.",
  },
  spec: ["RFC 9209 §2.3.8", "RFC 9112 §9.5"],
} satisfies Scenario;
