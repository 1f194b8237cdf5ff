import { isIP } from "node:net";
import type { HealthCheck, Plan, Timers, Trust } from "../../plan.ts";
import { identityFile } from "../program/identity.ts";

/** An upstream as HAProxy writes it: `127.0.0.1:80`, `[::1]:80`, `unix@/path`. */
interface Destination {
  readonly address: string;
  readonly tls: boolean;
  /** Without the brackets of an IPv6 address; unset for a unix socket. */
  readonly host?: string;
  readonly port?: number;
}

/** The lines of a route's `backend`. @param largest of all routes' head limits, which HAProxy's buffers hold */
export function backend(plan: Plan, index: number, largest: number): string[] {
  const { upstreams, timers, keepAlive, headLimit, health } = plan;
  return [
    "balance roundrobin",
    ...clocks(timers, plan.queue?.wait),
    ...(keepAlive ? [] : ["option http-server-close"]),
    ...tries(plan.retries),
    ...(plan.queue ? [`http-request deny deny_status 503 if { queue ge ${plan.queue.most} }`] : []),
    ...(namedUpstream(plan) ? ["http-request set-dst var(txn.address)"] : []),
    ...(headLimit < largest ? [`http-response deny deny_status 502 if { res.hdrs,length gt ${headLimit} }`] : []),
    ...(health ? asked(health.path, timers.head) : []),
    ...upstreams.map((url, place) => server(parse(url), `origin_${place + 1}`, plan, index)),
  ];
}

/**
 * The one upstream that is resolved anew for each request, as a plan with a resolver asks for.
 * @throws Error when there are others beside it: HAProxy sets the destination of a request, not of a server
 */
export function namedUpstream({ upstreams, resolver }: Plan): { host: string; resolver: string } | undefined {
  if (resolver === undefined) return undefined;
  const named = upstreams.map(parse).find(({ host }) => isName(host));
  if (named?.host === undefined) return undefined;
  if (upstreams.length > 1)
    throw new Error(
      `haproxy: a name resolved for each request wants to be the only upstream, got ${upstreams.join(", ")}`,
    );
  return { host: named.host, resolver };
}

/**
 * Of the seven clocks HAProxy has three. `timeout connect` bounds TCP and the handshake together, `timeout server`
 * every wait for the upstream, to be read from and to be written to, so that it is given the head's; nothing bounds
 * the exchange as a whole.
 */
function clocks({ connect, head, idle }: Timers, queue: number | undefined): string[] {
  return [
    `timeout connect ${connect}`,
    `timeout server ${head}`,
    `timeout tunnel ${idle}`,
    // 0 would mean no end, so that a request that may not wait waits for a millisecond.
    `timeout queue ${Math.max(1, queue ?? 1)}`,
  ];
}

/** What a repeat could do twice is not repeated, once it may have been received (RFC 9110 §9.2.2). */
function tries(retries: number): string[] {
  if (retries === 0) return ["retries 0"];
  return [
    `retries ${retries}`,
    "option redispatch 1",
    "retry-on conn-failure empty-response response-timeout",
    "http-request disable-l7-retry unless { method GET HEAD OPTIONS TRACE PUT DELETE }",
  ];
}

/** Without a clock of its own a check has to be answered before the next one is due. */
function asked(path: string, head: number): string[] {
  return [
    `timeout check ${head}`,
    "option httpchk",
    `http-check send meth GET uri ${path} ver HTTP/1.1 hdr Host health`,
    "http-check expect status 200-299",
  ];
}

function server(destination: Destination, name: string, plan: Plan, index: number): string {
  const { address, tls, host, port } = destination;
  const to = plan.resolver !== undefined && isName(host) ? `0.0.0.0:${port}` : address;
  const words = [
    `server ${name} ${to}`,
    ...(plan.connections === undefined ? [] : [`maxconn ${plan.connections}`]),
    ...(plan.health ? [checks(plan.health)] : []),
    ...(tls ? verification(plan.trust, host, index) : []),
  ];
  return words.join(" ");
}

function checks({ every, rise = 1, fall = 1 }: HealthCheck): string {
  return `check inter ${every} rise ${rise} fall ${fall}`;
}

/** @param host checked against the certificate when the plan has no name of its own for that */
function verification(trust: Trust, host: string | undefined, index: number): string[] {
  const name = trust.serverName ?? host;
  return [
    `ssl verify required ca-file ${trust.ca} ssl-min-ver TLSv1.2`,
    // SNI holds names only (RFC 6066 §3). Where it is sent, its name is what the certificate has to hold.
    ...(isName(name) ? [`sni str(${name})`] : []),
    ...(name === undefined ? [] : [`verifyhost ${name}`]),
    ...(trust.identity ? [`crt ${identityFile(index)}`] : []),
  ];
}

function parse(url: string): Destination {
  if (url.startsWith("unix:")) return { address: `unix@${url.slice("unix:".length)}`, tls: false };
  const { protocol, hostname, port } = new URL(url);
  const tls = protocol === "https:";
  const number = Number(port || (tls ? 443 : 80));
  return { address: `${hostname}:${number}`, tls, host: hostname.replace(/^\[|\]$/g, ""), port: number };
}

function isName(host: string | undefined): host is string {
  return host !== undefined && isIP(host) === 0;
}
