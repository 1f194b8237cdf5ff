import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A chunk's data is not followed by CRLF",
  cause: "http_response_transfer_coding",
  upstreams: [
    wire(
      readRequest(),
      send(
        "HTTP/1.1 200 OK\r\n",
        "X-Origin: {nonce}\r\n",
        "X-Body: 100\r\n",
        "Transfer-Encoding: chunked\r\n",
        "\r\n",
        "64\r\n",
        body(100),
        // CRLF is missing here
        "0\r\n\r\n",
      ),
    ),
  ],
  claim: ["own", "cut"],
  never: { "data that run into the last chunk": /[^\r\n]0\r\n\r\n$/ },
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "Pages break off behind the proxy, and only those with letters outside ASCII.",
    why: "`chunk = chunk-size CRLF chunk-data CRLF`. After 0x64 octets the reader finds `0` where CR should be: the size was wrong, or the line end was forgotten. A reader that skips the two octets unseen loses `0\\r` and goes on with whatever follows. As any content may follow, it is the sender of the content who then writes the chunk sizes, and with them the next response.",
    evidence: [
      "curl -s --raw http://app:8080/ | xxd | tail -2   # data and last chunk run into each other",
      "curl -v http://app:8080/   # curl: (56) Malformed encoding found in chunked-encoding",
      "nginx error log: upstream sent invalid chunked response while reading upstream",
    ],
    remedy: "The size counts octets, not characters: encode first, measure then, and write CRLF after the data.",
  },
  spec: ["RFC 9112 §7.1", "RFC 9112 §8", "RFC 9209 §2.3.24"],
} satisfies Scenario;
