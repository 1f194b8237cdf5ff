import { body, chunk } from "../../harness/faults/content.ts";
import { pause, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "One good chunk, and a bad size 200 ms later",
  cause: "http_response_transfer_coding",
  upstreams: [
    wire(
      readRequest(),
      send(
        "HTTP/1.1 200 OK\r\n",
        "X-Origin: {nonce}\r\n",
        "Transfer-Encoding: chunked\r\n",
        "\r\n",
        chunk(body(200, 0, 100)),
      ),
      pause(200),
      send("zz\r\n", body(200, 100)),
    ),
  ],
  claim: "cut",
  never: { "the bad size": /^zz\r$/m },
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 2 },
  ],
  story: {
    symptom: "Half a page with status 200, in the access log too; the user sees a truncated table and no error.",
    why: "By now the head is with the client and cannot be taken back: no 502 any more. All a gateway can do is to make the end visible, by a close without the last chunk, or RST (RFC 9112 §8). If it writes the `0` chunk itself, half a page becomes a whole one, in each cache on the way.",
    evidence: [
      "curl -v http://proxy/   # curl: (18) transfer closed with outstanding read data remaining",
      "nginx error log: upstream sent invalid chunked response while reading upstream (and 200 in the access log)",
      "HAProxy log: 200 … PD-- (proxy, during the data phase)",
    ],
    remedy: "Look for two threads that write to one connection; the octets of one have fallen into the other's chunks.",
  },
  spec: ["RFC 9112 §8", "RFC 9112 §7.1", "RFC 9209 §2.3.24"],
} satisfies Scenario;
