import { refused } from "../../harness/faults/refused.ts";
import { through } from "../../harness/faults/through.ts";
import { healthy } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "CDN and load balancer, and nobody behind: the load balancer's 502 passes for the application's",
  upstreams: [through({ as: "aws-alb", role: "balancer" }, refused())],
  claim: "relayed(502)",
  proof: [{ act: "probe-refused" }, { act: "balancer-answers", times: 1 }],
  remedy: {
    upstreams: [through({ as: "aws-alb", role: "balancer" }, healthy())],
    claim: "clean",
    proof: [{ act: "balancer-relays", times: 1 }],
  },
  story: {
    symptom:
      "The CDN reports 502s of the origin, and the application has no line about them: not an error, not even the request.",
    why: "The port behind the load balancer is shut. The load balancer answers 502 by itself, and for the CDN the load balancer is the origin. The CDN would have said 521 or 503 had it been refused; it was not: somebody took its connection and answered.",
    evidence: [
      "ALB access log: elb_status_code=502 target_status_code=- → the load balancer's own",
      "curl -si http://balancer/ | grep -i '^server: awselb'   # the page of the load balancer, not of the application",
      "CloudWatch: HTTPCode_ELB_502_Count rises, HTTPCode_Target_5XX_Count does not; TargetConnectionErrorCount does",
    ],
    remedy:
      "Start what should listen, or mend the port in the target group. And let the CDN's alerts tell a hop's 502 from the application's by a field that only the application sends.",
  },
  spec: ["RFC 9209 §2.3.7", "RFC 9110 §15.6.3"],
} satisfies Scenario;
