import { fin, readRequestHead, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend speaks HTTP/2 without being asked",
  cause: "http_protocol_error",
  upstreams: [
    wire(
      // A SETTINGS frame: 6 octets of payload, type 4, no flags, stream 0; MAX_CONCURRENT_STREAMS = 100.
      send(Uint8Array.of(0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 100)),
      readRequestHead(),
      // GOAWAY: last stream 0, error code 1 (PROTOCOL_ERROR), since `GET / HTTP/1.1` is not the preface.
      send(Uint8Array.of(0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)),
      fin(),
    ),
  ],
  claim: "own",
  proof: [{ act: "sent" }],
  story: {
    symptom: "502 for all that goes through the proxy, while gRPC clients that dial the backend directly are content.",
    why: "A server with prior knowledge (h2c, as gRPC uses it) opens with SETTINGS and expects `PRI * HTTP/2.0`. Its first octet is a length, mostly NUL; the request line is not the preface it wants, so GOAWAY with PROTOCOL_ERROR follows. Neither frame has a line in it that could be a status line.",
    evidence: [
      "curl -v --http2-prior-knowledge http://app:50051/   # works; without that option: Received HTTP/0.9 when not allowed",
      "printf 'GET / HTTP/1.1\\r\\n\\r\\n' | nc -w 2 app 50051 | xxd   # 0000 0604 0000 0000 00… a SETTINGS frame",
      "nginx error log: upstream sent no valid HTTP/1.0 header; with grpc_pass in place of proxy_pass it is gone",
    ],
    remedy:
      "Tell the proxy that this upstream is HTTP/2 (`grpc_pass` in nginx, `proto h2` in HAProxy, `http2_protocol_options` in Envoy), or have the backend serve HTTP/1.1 on that port.",
  },
  spec: ["RFC 9112 §4", "RFC 9113 §3.4", "RFC 9209 §2.3.28"],
} satisfies Scenario;
