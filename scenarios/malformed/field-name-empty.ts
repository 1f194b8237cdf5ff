import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A field line begins with its colon: there is no name",
  cause: "http_protocol_error",
  upstreams: [
    wire(
      readRequest(),
      send(
        "HTTP/1.1 200 OK\r\n",
        "X-Origin: {nonce}\r\n",
        "X-Body: 100\r\n",
        ": v\r\n",
        "Content-Length: 100\r\n",
        "\r\n",
        body(100),
      ),
    ),
  ],
  claim: "own",
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "502 on those answers only for which one optional setting has been left blank.",
    why: "`token = 1*tchar`: a name has at least one character. The empty one comes from `headers[config.name] = value` with nothing configured. Converted to HTTP/2, the line becomes worse than useless: there a colon at the start marks a pseudo-header such as `:status`, so that a converter which copies blindly lets the backend write where only the protocol may.",
    evidence: [
      "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 2 app 8080 | grep -an '^:'",
      "HAProxy: echo 'show errors' | socat - /run/haproxy.sock   # “invalid response”, with an arrow at the position",
      "env | grep HEADER_NAME=$   # the variable that nobody has filled in",
    ],
    remedy: "Check configured header names where they are read, at the start of the program, not where they are sent.",
  },
  spec: ["RFC 9110 §5.1", "RFC 9112 §5", "RFC 9113 §8.3"],
} satisfies Scenario;
