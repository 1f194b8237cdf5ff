import http from "node:http";
import https from "node:https";
import type { Plan } from "../../plan.ts";
import { lookupAt } from "./lookup.ts";
import { tlsOf } from "./tls.ts";

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
    ? { protocol, host, port: Number(port || 443), agent: new https.Agent({ ...pooling(plan), ...tlsOf(plan) }) }
    : { protocol: "http:", host, port: Number(port || 80), agent: new http.Agent(pooling(plan)) };
}

function pooling({ keepAlive, connections, resolver, timers }: Plan): http.AgentOptions {
  return {
    keepAlive,
    ...(connections !== undefined && { maxSockets: connections }),
    ...(resolver !== undefined && { lookup: lookupAt(resolver, timers.resolve) }),
  };
}
