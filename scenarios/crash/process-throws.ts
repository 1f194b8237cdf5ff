import { throwsInCallback, throwsInHandler } from "../../harness/faults/process-throws.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The application dies of an exception that nobody catches",
  cause: "connection_terminated",
  upstreams: [throwsInCallback()],
  claim: "own",
  proof: [{ act: "handling" }, { act: "uncaught-exception" }, { act: "child-exited" }],
  // The same exception, thrown where the framework sees it, is the application's own 500 and costs one request only.
  remedy: { upstreams: [throwsInHandler()], claim: "relayed(500)", proof: [{ act: "handling" }] },
  story: {
    symptom:
      "One particular request always gives a 502, and so does everybody else's that is under way at that moment; seconds later all is well.",
    why:
      "A framework turns what a handler throws into a 500. It cannot see what a callback throws later, of a timer or an event: the runtime ends the whole process, " +
      "with every connection it has. The proxy reads the end of the connection in place of a response.",
    evidence: [
      "curl -v http://backend:PORT/that-path   # “Empty reply from server”: it is not the proxy",
      "journalctl -u app -n 50   # a stack trace, then the start of a new process",
      "systemctl show app -p NRestarts; kubectl get pods   # RESTARTS counts up",
      "nginx's error log: “upstream prematurely closed connection while reading response header from upstream”",
    ],
    remedy:
      "Let errors reach the framework: `await` promises instead of callbacks, listen to `error` of every stream. It then answers 500 and lives on.",
  },
  spec: ["RFC 9209 §2.3.8", "RFC 9110 §15.6.3"],
} satisfies Scenario;
