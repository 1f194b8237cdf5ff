import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The 101 has a Sec-WebSocket-Accept that does not fit the key",
  upstreams: [
    wire(
      readRequest(),
      send(
        "HTTP/1.1 101 Switching Protocols\r\n",
        "X-Origin: {nonce}\r\n",
        "Connection: Upgrade\r\n",
        "Upgrade: websocket\r\n",
        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n", // the example of RFC 6455 §1.3
        "\r\n",
      ),
    ),
  ],
  asks: [{ upgrade: "websocket", path: "/socket" }],
  claim: "relayed(101)",
  always: { "the backend's own accept": /^Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=\r$/im },
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "101 in every log, and in the console: “Incorrect 'Sec-WebSocket-Accept' header value”.",
    why: "The accept is SHA-1 of the client's key and a fixed GUID: it proves that the server has read *this* handshake, and that no cache has answered for it. This one is the example of the RFC, copied. The check is between the two ends; a proxy relays the value as it is, as it would have no business to correct or to compute it.",
    evidence: [
      "printf '%s258EAFA5-E914-47DA-95CA-C5AB0DC85B11' \"$KEY\" | openssl sha1 -binary | base64   # what it ought to be",
      "curl … http://proxy/socket | grep -i accept   # s3pPLMBiTxaQ9kYGzzhZRbK+xOo= : the value of RFC 6455 §1.3",
      "two different keys, one and the same accept: it is a constant, or a cache",
    ],
    remedy: "Use a library for the handshake; and never cache a 101 or give a fixed reply to an upgrade.",
  },
  spec: ["RFC 6455 §4.1", "RFC 6455 §4.2.2", "RFC 9110 §7.8"],
} satisfies Scenario;
