import type { Plan } from "../../plan.ts";

/** What a plan may ask for and nghttpx does not have. */
export function cannot({ upstreams, resolver, keepAlive, connections, queue, health, ejection }: Plan) {
  if (upstreams.length === 0) return "a route without an upstream: there always is one, 127.0.0.1:80 unless told";
  if (resolver !== undefined) return "a resolver of one's own: it asks those of /etc/resolv.conf";
  if (!keepAlive) return "giving up a connection after a response: an unused one is kept for a millisecond at least";
  if (connections !== undefined || queue) return "a limit of connections to an upstream, which it has for HTTP/2 alone";
  if (health) return "active health checks: it looks after upstreams only once a connect has failed";
  if (ejection) return "leaving an upstream out for a stated time after requests have failed: it counts connects alone";
  return undefined;
}
