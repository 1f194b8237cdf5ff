import { body, chunk, head, lastChunk } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wireAgain } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend answers the WebSocket handshake with a plain 200",
  upstreams: [
    wireAgain(
      readRequest(),
      send(
        head("200 OK", { "X-Body": 200, "Transfer-Encoding": "chunked" }),
        chunk(body(200, 0, 100)),
        chunk(body(200, 100)),
        lastChunk,
      ),
    ),
  ],
  asks: [{ upgrade: "websocket", path: "/socket" }],
  claim: "clean",
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom:
      "The browser's console: “WebSocket connection failed: Error during WebSocket handshake: Unexpected response code: 200”.",
    why: "Upgrade is an offer, and a server may pass it over and answer in HTTP (RFC 9110 §7.8). So this is a response like any other and must be relayed like any other, chunks and all: proxies which treat the connection as a tunnel from the request on have sent chunk sizes as text, or the text under a head that announces chunks.",
    evidence: [
      "curl -v -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==' http://app:8080/socket   # 200",
      "the same to http://proxy/socket   # the same 200, the same page",
      "if the backend alone says 101 and behind the proxy 200: the proxy has dropped Upgrade, which is of the hop",
    ],
    remedy:
      "Route the path to the WebSocket handler; in nginx set Upgrade and Connection by hand, with proxy_http_version 1.1.",
  },
  spec: ["RFC 9110 §7.8", "RFC 6455 §4.1", "RFC 9112 §7.1"],
} satisfies Scenario;
