import type { Plan } from "../../plan.ts";

/** What a plan may ask for and lighttpd does not have. */
export function cannot({ upstreams, resolver, connections, queue, health, ejection }: Plan): string | undefined {
  if (upstreams.some((url) => url.startsWith("https:"))) return "TLS towards the upstream";
  if (resolver !== undefined) return "a resolver of one's own: it asks the system's, once, when it starts";
  if (connections !== undefined || queue) return "a limit of connections to an upstream";
  if (health) return "active health checks";
  if (ejection) return "leaving an upstream out after so many failures: one failed connect does it, and nothing else";
  return undefined;
}
