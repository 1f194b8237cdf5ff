import { readRequest, silence } from "../../harness/faults/steps.ts";
import { through } from "../../harness/faults/through.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Timers } from "../../harness/plan.ts";
import type { Scenario } from "../../harness/scenario.ts";

/** The chain behind the CDN, with so many times the run's timer at each hop. */
function chain(balancer: number, nginx: number) {
  const patience =
    (factor: number) =>
    ({ head }: Timers) => ({ head: factor * head });
  const silent = wire(readRequest(), silence());
  const inner = through({ as: "nginx", role: "nginx", timers: patience(nginx) }, silent);
  return through({ as: "aws-alb", role: "balancer", timers: patience(balancer) }, inner);
}

export default {
  title: "CDN, load balancer, nginx: the outermost gives up first, and nobody else has seen a failure",
  cause: "connection_read_timeout",
  upstreams: [chain(4, 8)],
  claim: "own",
  at: "head",
  proof: [{ act: "silent" }, { act: "balancer-is-deserted" }, { act: "nginx-is-deserted" }],
  remedy: {
    plan: { timers: ({ head }) => ({ head: 8 * head }) },
    upstreams: [chain(4, 0.5)],
    claim: "relayed(504)",
    proof: [
      { act: "nginx-answers", times: 1 },
      { act: "balancer-relays", times: 1 },
    ],
  },
  story: {
    symptom:
      "Users get the CDN's 504 (a 524, a 503 “first byte timeout”); the load balancer logs 460 or 499 for the same requests, nginx 499, and the application answers into the void, all without one error in their logs.",
    why:
      "The application does not answer, and the CDN in front has the shortest timer. It answers, and closes its connection; each hop behind it sees only that its client has gone, which counts as the client's doing. " +
      "The hops that could tell what was slow never come to tell it, and the work goes on for nobody.",
    evidence: [
      "ALB access log: elb_status_code=460 target_status_code=- → the client, here the CDN, closed before the target had answered",
      'nginx access log: "GET /report HTTP/1.1" 499 0',
      "curl -so /dev/null -w '%{http_code} %{time_total}\\n' http://balancer/report   # past the CDN it is slow, and fails later or not at all",
    ],
    remedy:
      "Put the timers in order: shorter from the outside in. Then the innermost hop makes the answer, with the reason in its log, and all others pass it on. Never raise the outermost alone, nor leave it at its default when the ones behind it are raised.",
  },
  spec: ["RFC 9209 §2.3.10", "RFC 9110 §15.6.5"],
} satisfies Scenario;
