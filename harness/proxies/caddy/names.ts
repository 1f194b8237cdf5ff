/** The name of a route's server, and the end of the names under which that logs. */
export function serverName(index: number): string {
  return `route_${index + 1}`;
}

/** Where what Caddy's reverse proxy itself says goes, of all routes, in the folder in which Caddy runs. */
export const proxyLog = "reverse-proxy.log";
