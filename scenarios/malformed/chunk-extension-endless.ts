import { body, lastChunk } from "../../harness/faults/content.ts";
import { flood, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A chunk extension that does not want to end",
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
        "64",
      ),
      flood(`;padding=${"x".repeat(1015)}`, { most: 2 ** 20 }),
      // Whoever has swallowed a MiB of extension gets a sound end, and so gives itself away.
      send("\r\n", body(100), "\r\n", lastChunk),
    ),
  ],
  claim: ["own", "cut"],
  never: { "the extension": /padding=/ },
  proof: [
    { act: "request-read", times: 1 },
    { act: "flooded", times: 1 },
  ],
  story: {
    symptom: "One core of the proxy at full load, the network busy, and not an octet of page for the user.",
    why: "Behind a chunk size there may stand `;name=value`, which readers must ignore if they do not know it (RFC 9112 §7.1.1); nobody uses it. To ignore without counting means to read for ever: a few octets of content, gigabytes on the wire, and no limit on the body ever hears of it (CVE-2023-39326 in Go, CVE-2024-22019 in Node). A proxy needs a limit on the *line*.",
    evidence: [
      "curl -s --raw http://app:8080/ | head -c 200   # 64;padding=xxxx…",
      "node: Error [HPE_CHUNK_EXTENSIONS_OVERFLOW]: Chunk extensions overflow",
      "ss -ti dst :8080   # bytes_received grows and grows; curl's counter of the page stays at 0",
    ],
    remedy: "A proxy with a limit. No honest backend needs extensions, so one that sends them wants a close look.",
  },
  spec: ["RFC 9112 §7.1.1", "RFC 9209 §2.3.24"],
} satisfies Scenario;
