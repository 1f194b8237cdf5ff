import type { Plan } from "../../plan.ts";

/** A day, in milliseconds: what is off. */
const never = 86_400_000;

/**
 * How a route reaches its upstream. Of the seven clocks h2o has one, begun anew with the connect (handshake included),
 * the request, the wait for the head and every read of the body, so that it is given the head's; nothing bounds the
 * exchange as a whole. A request goes out once the whole of it has come.
 */
export function path({ upstreams, timers, trust, keepAlive }: Plan): string[] {
  const [upstream] = upstreams;
  if (upstream === undefined) return ["{}"];
  return [
    `proxy.reverse.url: ${JSON.stringify(url(upstream))}`,
    "proxy.preserve-host: ON",
    `proxy.timeout.io: ${timers.head || never}`,
    // 0 gives up every connection after its response.
    `proxy.timeout.keepalive: ${keepAlive ? 60_000 : 0}`,
    "proxy.websocket: ON",
    `proxy.websocket.timeout: ${timers.idle || never}`,
    ...(upstream.startsWith("https:")
      ? ["proxy.ssl.verify-peer: ON", `proxy.ssl.cafile: ${JSON.stringify(trust.ca)}`]
      : []),
  ];
}

function url(upstream: string): string {
  if (upstream.startsWith("unix:")) return `http://[${upstream}]/`;
  const { protocol, host } = new URL(upstream);
  return `${protocol}//${host}/`;
}
