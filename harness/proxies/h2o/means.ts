import type { Plan } from "../../plan.ts";

/** What a plan may ask for and h2o does not have. */
export function cannot(plan: Plan): string | undefined {
  const { upstreams, resolver, trust, connections, queue, health, ejection } = plan;
  if (upstreams.length > 1) return "several upstreams: a path has one";
  if (resolver !== undefined) return "a resolver of one's own: it asks the system's";
  if (upstreams.some((url) => url.startsWith("https:"))) {
    if (trust.serverName !== undefined && upstreams.some((url) => new URL(url).hostname !== trust.serverName))
      return "a name for a TLS upstream that is reached by its address: the host of the URL is sent as SNI and verified";
    if (trust.identity) return "a certificate of its own for the upstream";
    if (!plan.keepAlive)
      return "TLS towards an upstream whose connections are not kept, together with the client's Host";
  }
  if (connections !== undefined || queue) return "a limit of connections to an upstream";
  if (health || ejection) return "checks of an upstream";
  return undefined;
}
