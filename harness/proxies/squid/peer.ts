import type { Plan, Trust } from "../../plan.ts";
import { seconds } from "./services.ts";

/**
 * An upstream as Squid has it: a peer that is the origin. Of the seven clocks Squid has all but two, and only the peer's own
 * for a route by itself: it bounds TCP, then again the handshake. One for each read, one for each write and one for the
 * whole exchange are the process's. A name is resolved with the process's own resolver and timer.
 */
export function peer(url: string, name: string, { upstreams, timers, trust, connections }: Plan): string {
  const { host, port, tls } = parse(url);
  return [
    `cache_peer ${host} parent ${port} 0 name=${name}`,
    "originserver no-query no-digest no-netdb-exchange",
    // However often it has failed, it does not count as dead.
    "connect-fail-limit=1000000000",
    ...(timers.connect === 0 ? [] : [`connect-timeout=${seconds(timers.connect)}`]),
    ...(upstreams.length > 1 ? ["round-robin"] : []),
    ...(connections === undefined ? [] : [`max-conn=${connections}`]),
    ...(tls ? [verification(trust, host)] : []),
  ].join(" ");
}

/** A peer as Squid's messages name it: `127.0.0.1/8080`. */
export function peerAddress(url: string): string {
  const { host, port } = parse(url);
  return `${host}/${port}`;
}

function parse(url: string): { host: string; port: number; tls: boolean } {
  const { protocol, hostname, port } = new URL(url);
  const tls = protocol === "https:";
  return { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port || (tls ? 443 : 80)), tls };
}

/** @param host checked against the certificate when the plan has no name of its own for that */
function verification({ ca, serverName = "", identity }: Trust, host: string): string {
  return [
    `tls tls-cafile=${ca} tls-default-ca=off tls-min-version=1.2 ssldomain=${serverName || host}`,
    ...(identity ? [`tls-cert=${identity.certificate} tls-key=${identity.key}`] : []),
  ].join(" ");
}
