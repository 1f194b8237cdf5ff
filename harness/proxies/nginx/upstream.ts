import { isIP } from "node:net";
import type { Plan, Trust } from "../../plan.ts";

/** How a route reaches its upstreams: what stands before its `server` block, and in its `location`. */
export interface Passing {
  readonly upstream: string;
  readonly location: readonly string[];
  /** Connections to the upstream are kept for the next request. */
  readonly kept: boolean;
}

interface Destination {
  readonly scheme: "http" | "https";
  /** Without the brackets of an IPv6 address; unset for a unix socket. */
  readonly host?: string;
  /** As nginx writes it: `127.0.0.1:80`, `[::1]:80`, `unix:/path`. */
  readonly server: string;
}

/**
 * A name is resolved while nginx runs only when `proxy_pass` has a variable; then there is no `upstream` block and
 * so no pool of kept connections and no second upstream. Everything else goes through an `upstream` block.
 * @throws Error when the upstreams cannot be told to nginx in one route
 */
export function passing(plan: Plan, name: string): Passing {
  const destinations = plan.upstreams.map(parse);
  const [first] = destinations;
  if (!first) return { upstream: "", location: [], kept: false };
  if (destinations.some(({ scheme }) => scheme !== first.scheme))
    throw new Error(`nginx: upstreams of one route want one scheme, got ${plan.upstreams.join(", ")}`);
  const tls = first.scheme === "https" ? verification(plan.trust, first.host) : [];

  if (plan.resolver !== undefined && destinations.some(needsResolver)) {
    if (destinations.length > 1)
      throw new Error(
        `nginx: a name resolved at run time wants to be the only upstream, got ${plan.upstreams.join(", ")}`,
      );
    return {
      upstream: "",
      location: [
        // Without "valid", the answer's own TTL counts (down to the end of the running second).
        `resolver ${plan.resolver} ipv6=on;`,
        `set $origin ${first.scheme}://${first.server};`,
        "proxy_pass $origin;",
        ...tls,
      ],
      kept: false,
    };
  }
  return {
    upstream: block(name, destinations, plan),
    location: [`proxy_pass ${first.scheme}://${name};`, ...tls],
    kept: plan.keepAlive,
  };
}

function block(name: string, destinations: readonly Destination[], plan: Plan): string {
  const servers = destinations.map(({ server }) => `    server ${server}${parameters(plan)};\n`).join("");
  return `  upstream ${name} {\n${servers}${plan.keepAlive ? "    keepalive 32;\n" : ""}  }\n`;
}

/**
 * Unless the plan wants an upstream left out after failures, none of them takes it out of the game for the next
 * request (`max_fails=0`). With one worker the limit of connections needs no shared zone.
 */
function parameters({ ejection, connections }: Plan): string {
  const memory = ejection
    ? ` max_fails=${ejection.failures} fail_timeout=${Math.ceil(ejection.for / 1_000)}s`
    : " max_fails=0";
  return connections === undefined ? memory : `${memory} max_conns=${connections}`;
}

/** @param host checked against the certificate when the plan has no name of its own for that */
function verification(trust: Trust, host: string | undefined): string[] {
  const name = trust.serverName ?? host;
  return [
    "proxy_ssl_verify on;",
    `proxy_ssl_trusted_certificate ${trust.ca};`,
    "proxy_ssl_protocols TLSv1.2 TLSv1.3;",
    "proxy_ssl_server_name on;",
    ...(name === undefined ? [] : [`proxy_ssl_name ${name};`]),
    ...(trust.identity
      ? [`proxy_ssl_certificate ${trust.identity.certificate};`, `proxy_ssl_certificate_key ${trust.identity.key};`]
      : []),
  ];
}

function parse(url: string): Destination {
  if (url.startsWith("unix:")) return { scheme: "http", server: url };
  const { protocol, hostname, port } = new URL(url);
  const scheme = protocol === "https:" ? "https" : "http";
  return {
    scheme,
    host: hostname.replace(/^\[|\]$/g, ""),
    server: `${hostname}:${port || (scheme === "https" ? 443 : 80)}`,
  };
}

function needsResolver({ host }: Destination): boolean {
  return host !== undefined && isIP(host) === 0;
}
