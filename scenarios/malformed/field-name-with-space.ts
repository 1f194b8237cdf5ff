import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A field name has a space in it",
  cause: "http_protocol_error",
  upstreams: [
    wire(
      readRequest(),
      send(
        "HTTP/1.1 200 OK\r\n",
        "X-Origin: {nonce}\r\n",
        "X-Body: 100\r\n",
        "Bad Name: x\r\n",
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
    symptom: "502 after a release which passes metadata on as headers: one key was named by a person, with a space.",
    why: "A field name is a token (RFC 9110 §5.1), and a space is no character of a token. What `Bad Name: x` means depends on who reads: a field “Bad Name”, a field “Name”, a field “Bad”, or rubbish to be skipped. `Content Length: 0` and `Transfer Encoding: chunked` show what that is worth to somebody who wants two readers to see two messages.",
    evidence: [
      "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 2 app 8080 | grep -anE '^[^:]* [^:]*:'   # line number of the bad name",
      'nginx error log: upstream sent invalid header: "Bad\\x20..." while reading response header from upstream',
      "node: Error [HPE_INVALID_HEADER_TOKEN]: Parse Error: Invalid header token",
    ],
    remedy:
      "Map keys to tokens before they become names: letters, digits, hyphens. S3 and its kin do so with x-amz-meta-…",
  },
  spec: ["RFC 9110 §5.1", "RFC 9110 §5.6.2", "RFC 9112 §5"],
} satisfies Scenario;
