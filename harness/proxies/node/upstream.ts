import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { isIP } from "node:net";
import type { Plan } from "../../plan.ts";
import { lookupAt } from "./lookup.ts";

/** Where the packages that stand on `node:http` send their requests, and the agent that carries them there. */
export interface Upstream {
  readonly protocol: "http:" | "https:";
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
  /** Instead of host and port. */
  readonly socketPath?: string;
  readonly agent: http.Agent;
}

/** Unset for a plan without an upstream; a plan with several is not for these proxies. */
export function upstreamOf(plan: Plan): Upstream | undefined {
  const [upstream] = plan.upstreams;
  if (upstream === undefined) return undefined;
  if (upstream.startsWith("unix:"))
    return {
      protocol: "http:",
      host: "localhost",
      port: 80,
      socketPath: upstream.slice("unix:".length),
      agent: new http.Agent(pooling(plan)),
    };
  const { protocol, hostname, port } = new URL(upstream);
  const host = hostname.replace(/^\[|\]$/g, "");
  return protocol === "https:"
    ? { protocol, host, port: Number(port || 443), agent: new https.Agent({ ...pooling(plan), ...tlsOf(plan, host) }) }
    : { protocol: "http:", host, port: Number(port || 80), agent: new http.Agent(pooling(plan)) };
}

function pooling({ keepAlive, connections, resolver, timers }: Plan): http.AgentOptions {
  return {
    keepAlive,
    ...(connections !== undefined && { maxSockets: connections }),
    ...(resolver !== undefined && { lookup: lookupAt(resolver, timers.resolve) }),
  };
}

/** What the upstream's certificate is checked against, and who the proxy says it is. */
export interface TlsOptions {
  readonly ca: Buffer;
  readonly rejectUnauthorized: true;
  readonly servername?: string;
  readonly cert?: Buffer;
  readonly key?: Buffer;
}

/** @param host named to the server and looked for in its certificate, unless the plan has a name of its own */
export function tlsOf({ trust }: Plan, host: string): TlsOptions {
  const servername = trust.serverName ?? (isIP(host) === 0 ? host : undefined);
  return {
    ca: readFileSync(trust.ca),
    rejectUnauthorized: true,
    ...(servername !== undefined && { servername }),
    ...(trust.identity && {
      cert: readFileSync(trust.identity.certificate),
      key: readFileSync(trust.identity.key),
    }),
  };
}
