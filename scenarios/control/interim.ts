import { answer } from "../../harness/faults/content.ts";
import { pause, readRequest, send } from "../../harness/faults/steps.ts";
import { wireAgain } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "103 Early Hints, then 200: both reach the client",
  upstreams: [
    wireAgain(
      readRequest(),
      send("HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"),
      pause(50),
      send(answer()),
    ),
  ],
  claim: "clean",
  never: {
    "an answer without the 103 and its Link ahead of it":
      /^(?!HTTP\/1\.1 103 [^\r]*\r\n(?:[^\r]+\r\n)*Link: <\/style\.css>; rel=preload\r\n)/i,
  },
  proof: [{ act: "request-read", times: 1 }, { act: "sent" }],
  story: {
    symptom: "None, or pages that load a little slower than they could: the hints are lost on the way.",
    why: "The backend names the style sheet at once and the page 50 ms later. A proxy must forward interim responses it did not cause itself; one that takes the 103 for the answer hands out an empty page, and one that drops it wastes the head start.",
    evidence: [
      "curl -v http://gateway/   # < HTTP/1.1 103 Early Hints, < Link: …, then < HTTP/1.1 200 OK",
      "curl -v http://app:8080/   # compare: is the 103 there without the proxy?",
      "nginx before 1.29 does not pass 103 on; early_hints enables it since",
    ],
    remedy:
      "Enable or upgrade: many proxies learnt of 103 late. Where it cannot be had, send Link in the final head as well; it is valid there.",
  },
  spec: ["RFC 9110 §15.2", "RFC 8297 §2"],
} satisfies Scenario;
