import { isIP } from "node:net";
import type { Plan } from "../../plan.ts";

/** What a plan may ask for and Squid does not have. */
export function cannot({ upstreams, resolver, queue, health, ejection }: Plan): string | undefined {
  if (upstreams.some((url) => url.startsWith("unix:"))) return "an upstream on a unix socket";
  if (resolver !== undefined && upstreams.some(named)) return "a resolver on another port than 53";
  if (queue) return "a queue in front of an upstream";
  if (health) return "health checks of upstreams";
  if (ejection) return "leaving an upstream out for a stated time: a dead peer comes back when a connect succeeds";
  return undefined;
}

function named(url: string): boolean {
  return isIP(new URL(url).hostname.replace(/^\[|\]$/g, "")) === 0;
}
