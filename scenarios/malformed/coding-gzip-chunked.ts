import { body, chunk, lastChunk } from "../../harness/faults/content.ts";
import { gzipped } from "../../harness/faults/gzipped.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The body is compressed as a transfer coding",
  cause: "http_response_transfer_coding",
  upstreams: [
    wire(
      readRequest(),
      send(
        "HTTP/1.1 200 OK\r\n",
        "X-Origin: {nonce}\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "\r\n",
        chunk(gzipped(body(100))),
        lastChunk,
      ),
    ),
  ],
  claim: ["own", "clean"],
  never: {
    // Gzip begins with 1f 8b; the latter alone is part of many a letter in UTF-8.
    "compressed octets whose coding nobody names any more":
      /^(?![\s\S]*\nTransfer-Encoding:[^\r\n]*gzip)[\s\S]*[^ -\xff]\x8b/i,
  },
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "Garbage in the browser behind one proxy, 502 behind another, a good page without any.",
    why: "`gzip, chunked` is legal HTTP/1.1: compressed for this hop, then cut into chunks. But a server may send it only to a client that has said `TE: gzip`, and hardly anybody implements it. The trap is a proxy that looks for the word chunked: it takes the chunks off, drops the field as one of the hop, and relays compressed octets whose name is lost.",
    evidence: [
      "curl -s --raw http://app:8080/ | xxd | head -3   # a chunk size, then 1f8b 08: gzip",
      "curl -s http://proxy/ | file -   # gzip compressed data, where HTML was expected",
      'nginx error log (1.23.0 and later): upstream sent unknown "Transfer-Encoding": "gzip, chunked"',
    ],
    remedy: "Compress with `Content-Encoding: gzip`, which travels to the client and is understood everywhere.",
  },
  spec: ["RFC 9112 §7.2", "RFC 9112 §7.4", "RFC 9112 §6.1", "RFC 9209 §2.3.24"],
} satisfies Scenario;
