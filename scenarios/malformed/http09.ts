import { fin, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The answer is a bare page without status line or fields",
  cause: "http_protocol_error",
  upstreams: [wire(readRequest(), send("<html><body>It works! {nonce}</body></html>\n"), fin())],
  claim: "own",
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "A 502, although the page “comes” when the backend is asked with nc, and looks perfectly well there.",
    why: "HTTP/0.9 of 1991 had no head: the answer was the page. Everything since 1996 has a status line. Whoever accepts the old form has to accept any byte whatever, which turns each service with an open port (mail, databases) into a web server that an attacker can make speak HTML.",
    evidence: [
      "curl -v http://app:8080/   # curl: (1) Received HTTP/0.9 when not allowed",
      "curl --http0.9 http://app:8080/   # and there is the page: it is a matter of the head alone",
      "Apache httpd and Squid relay this as a 200 of their own making: look for a page without Content-Type",
    ],
    remedy:
      "Let the program print a head before its page. In a CGI script it is the missing `Content-Type: …` and empty line; in a hand-made socket server, `HTTP/1.1 200 OK` and a Content-Length.",
  },
  spec: ["RFC 9112 §4", "RFC 9112 §2.3", "RFC 9209 §2.3.28"],
} satisfies Scenario;
