import { readRequest, silence } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend reads the request and never says a word",
  cause: "connection_read_timeout",
  upstreams: [wire(readRequest(), silence())],
  claim: "own",
  at: "head",
  proof: [
    { act: "request-read", times: 1 },
    { act: "silent", times: 1 },
  ],
  story: {
    symptom: "Requests hang for exactly the same time, the proxy's timeout to the millisecond, and then fail with 504.",
    why: "The connection stands, the request is acknowledged by the kernel and read by the application, and nothing comes back: a deadlock, a lock in the database, a call to a third party without a timeout of its own. TCP has no opinion about silence; only the proxy's clock ends it.",
    evidence: [
      "curl -so /dev/null -w '%{http_code} %{time_starttransfer}\\n' http://gateway/   # 504, always at the same time",
      "ss -tnp state established '( sport = :8080 )'   # at the backend: Recv-Q 0, it has read everything",
      "A thread dump of the application (jstack, py-spy dump, kill -QUIT): what is it waiting for?",
      "nginx error log: upstream timed out (110: Connection timed out) while reading response header from upstream",
      "HAProxy log: termination state sH, status 504",
    ],
    remedy:
      "Give every call that the application makes a timeout shorter than the proxy's, so that it is the application that answers, with an error that says why.",
  },
  spec: ["RFC 9209 §2.3.10", "RFC 9110 §15.6.5"],
} satisfies Scenario;
