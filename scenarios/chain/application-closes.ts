import type { Fault } from "../../harness/fault.ts";
import { fin, readRequest } from "../../harness/faults/steps.ts";
import { through } from "../../harness/faults/through.ts";
import { healthy, wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

function chain(application: Fault) {
  return through({ as: "aws-alb", role: "balancer" }, through({ as: "nginx", role: "nginx" }, application));
}

export default {
  title: "CDN, load balancer, nginx, and an application that closes: nginx's 502 comes through them all",
  upstreams: [chain(wire(readRequest(), fin()))],
  claim: "relayed(502)",
  proof: [{ act: "fin" }, { act: "nginx-answers", times: 1 }, { act: "balancer-relays", times: 1 }],
  remedy: {
    upstreams: [chain(healthy())],
    claim: "clean",
    proof: [
      { act: "nginx-relays", times: 1 },
      { act: "balancer-relays", times: 1 },
    ],
  },
  story: {
    symptom:
      "A 502 at the CDN, a 502 at the load balancer, a 502 at nginx, and the question whose it is. Some CDNs put a page of their own in its place, so that it looks like theirs.",
    why:
      "The application takes the request and closes. nginx has nobody else to ask and answers 502; for the load balancer that is a response like any other, and for the CDN, too. " +
      "Only the hop that made the answer knows the cause; the others know that they have passed on a 502.",
    evidence: [
      "ALB access log: elb_status_code=502 target_status_code=502 → not the load balancer's: look further in",
      "nginx: upstream prematurely closed connection while reading response header from upstream",
      "curl -sv http://cdn/ 2>&1 | grep -i '^< proxy-status'   # …;error=connection_terminated, …;received-status=502",
    ],
    remedy:
      "Go from the outside in until a hop says that the status is not its upstream's; the fault lies behind that one. Ask each hop for Proxy-Status, or log the upstream's status beside its own.",
  },
  spec: ["RFC 9209 §2", "RFC 9110 §15.6.3"],
} satisfies Scenario;
