import { isIP } from "node:net";
import type { Plan } from "../../plan.ts";
import type { Settings } from "./typed.ts";

export interface Destination {
  readonly tls: boolean;
  /** Without the brackets of an IPv6 address; unset for a unix socket. */
  readonly host?: string;
  /** As the Host field would name it: `backend.test:80`. */
  readonly authority: string;
  readonly address: Settings;
}

export function parse(url: string): Destination {
  if (url.startsWith("unix:")) {
    const path = url.slice("unix:".length);
    return { tls: false, authority: path, address: { pipe: { path } } };
  }
  const { protocol, hostname, port } = new URL(url);
  const tls = protocol === "https:";
  const number = Number(port || (tls ? 443 : 80));
  const host = hostname.replace(/^\[|\]$/g, "");
  const address = { socket_address: { address: host, port_value: number } };
  return { tls, host, authority: `${hostname}:${number}`, address };
}

export function isName(host: string | undefined): host is string {
  return host !== undefined && isIP(host) === 0;
}

/**
 * The one upstream that is resolved when a request wants it, as a plan with a resolver asks for.
 * @throws Error when there are others beside it: what Envoy resolves on request is a cluster of its own kind
 */
export function namedUpstream({ upstreams, resolver }: Plan): { authority: string; resolver: string } | undefined {
  if (resolver === undefined) return undefined;
  const named = upstreams.map(parse).find(({ host }) => isName(host));
  if (!named) return undefined;
  if (upstreams.length > 1)
    throw new Error(
      `envoy: a name resolved for each request wants to be the only upstream, got ${upstreams.join(", ")}`,
    );
  return { authority: named.authority, resolver };
}
