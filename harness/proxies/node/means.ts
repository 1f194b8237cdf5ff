import type { Plan } from "../../plan.ts";

/** What a plan may ask for and none of the packages that stand on `node:http` has. */
export function cannot({ upstreams, retries, queue, health, ejection }: Plan): string | undefined {
  if (upstreams.length > 1) return "several upstreams";
  if (retries > 0) return "a further try";
  if (queue) return "a queue with a bound: an agent lets requests wait for ever";
  if (health) return "active health checks";
  if (ejection) return "leaving an upstream out after failures";
  return undefined;
}

/** The same, for programs that want an upstream before they start. */
export function cannotWithoutUpstream(plan: Plan): string | undefined {
  return plan.upstreams.length === 0 ? "a route without an upstream" : cannot(plan);
}
