import { answer } from "../../harness/faults/content.ts";
import { readBytes, readRequest, rst, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The kept connection dies under the next GET",
  cause: "connection_terminated",
  upstreams: [wire(readRequest(), send(answer()), readBytes(1), rst())],
  asks: [{}, { claim: ["own", "clean"] }],
  claim: "clean",
  proof: [
    { act: "bytes-read", times: 1, ask: 2 },
    { act: "rst", times: 1, ask: 2 },
  ],
  remedy: { plan: { keepAlive: false }, proof: [{ act: "request-read", times: 2 }] },
  story: {
    symptom: "One 502 in some thousand requests, more of them when traffic is low. It never happens twice in a row.",
    why: "The keep-alive race: the proxy takes a connection from its pool in the very moment in which the backend gives it up, and the request crosses the close on the wire. The backend's kernel has no owner for those bytes and answers RST. Whether the request was seen the proxy cannot know; a GET may be repeated all the same, once, on a fresh connection.",
    evidence: [
      "tcpdump -ni any 'tcp port 8080'   # the request goes out on an old connection, [R] comes straight back",
      "Count the 502s against the gap since the last request: they cluster just above the backend's keep-alive timeout",
      "nginx error log: recv() failed (104: Connection reset by peer) … for POST only: a GET it repeats in silence",
      "HAProxy log: termination state SH, or no line at all: the client's connection is closed so that the client repeats",
    ],
    remedy:
      "The backend's idle timeout must exceed the proxy's pool timeout (Node: server.keepAliveTimeout, 5 s by default; Gunicorn: --keep-alive, 2 s). As a stopgap no reuse at all, as in the run with the remedy.",
  },
  spec: ["RFC 9209 §2.3.8", "RFC 9112 §9.3.1", "RFC 9110 §9.2.2"],
} satisfies Scenario;
