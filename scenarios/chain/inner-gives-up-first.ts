import { readRequest, silence } from "../../harness/faults/steps.ts";
import { through } from "../../harness/faults/through.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

const silent = wire(readRequest(), silence());
const nginx = through({ as: "nginx", role: "nginx", timers: ({ head }) => ({ head: head / 2 }) }, silent);

export default {
  title: "CDN, load balancer, nginx: each less patient than the one before, and the innermost tells",
  plan: { timers: ({ head }) => ({ head: 8 * head }) },
  upstreams: [through({ as: "aws-alb", role: "balancer", timers: ({ head }) => ({ head: 4 * head }) }, nginx)],
  claim: "relayed(504)",
  proof: [{ act: "silent" }, { act: "nginx-answers", times: 1 }, { act: "balancer-relays", times: 1 }],
  story: {
    symptom:
      "A 504 that every hop has seen: the CDN's log has it as the origin's, the load balancer's as the target's, and nginx has the line that says which upstream was too slow.",
    why:
      "The application does not answer. Of the proxies in front of it nginx, the nearest, runs out of patience first and makes the 504; the others are still waiting and pass it on. " +
      "So the answer is made by the hop that knows most: the address of the upstream, the route, what it has tried.",
    evidence: [
      "curl -sv http://cdn/ 2>&1 | grep -i '^< proxy-status'   # members in the order of the hops: the first one made the answer",
      "ALB access log: elb_status_code=504 target_status_code=504 → the target's",
      "nginx: upstream timed out (110: Connection timed out) while reading response header from upstream",
    ],
    remedy:
      "Keep it so: from the outside in each hop's timer is shorter than that of the hop in front, by more than the time a retry takes. For example 60, 30 and 10 s.",
  },
  spec: ["RFC 9209 §2", "RFC 9110 §15.6.5"],
} satisfies Scenario;
