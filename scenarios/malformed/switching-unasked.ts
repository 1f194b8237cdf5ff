import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "101 Switching Protocols, which nobody asked for",
  cause: "http_protocol_error",
  upstreams: [
    wire(
      readRequest(),
      send(
        "HTTP/1.1 101 Switching Protocols\r\n",
        "X-Origin: {nonce}\r\n",
        "Connection: Upgrade\r\n",
        "Upgrade: websocket\r\n",
        "\r\n",
      ),
    ),
  ],
  claim: "own",
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "A plain GET hangs until the client gives up, at a proxy that switches along; a 502 at one that looks.",
    why: "A server must not switch to a protocol that the client has not offered (RFC 9110 §7.8). A proxy which believes the 101 turns the connection into a tunnel: what follows is no longer read as HTTP, no rule and no log sees it, and the client's next request goes to the backend raw. That is a way around each access rule the proxy has.",
    evidence: [
      "curl -v http://app:8080/   # < HTTP/1.1 101 Switching Protocols, without an Upgrade in the request",
      "httpd error log: Unexpected Upgrade: websocket (expecting n/a)",
      "node: without a listener for `upgrade` on the request there is neither an error nor a response",
    ],
    remedy: "The application must look at the request's Upgrade field first, and answer 426 or 400 without it.",
  },
  spec: ["RFC 9110 §7.8", "RFC 9110 §15.2.2", "RFC 9209 §2.3.28"],
} satisfies Scenario;
