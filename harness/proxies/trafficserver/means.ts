import type { Plan } from "../../plan.ts";

/** What a plan may ask for and Traffic Server does not have. */
export function cannot({ upstreams, queue, health, ejection }: Plan): string | undefined {
  if (upstreams.some((url) => url.startsWith("unix:"))) return "upstreams at a unix socket";
  if (queue) return "a queue in front of an upstream";
  if (health) return "active health checks";
  if (ejection)
    return "leaving an upstream out for a stated time after failed requests: it counts failed connects alone";
  return undefined;
}
