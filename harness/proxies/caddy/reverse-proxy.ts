import { isIP } from "node:net";
import type { Ejection, HealthCheck, Plan, Timers, Trust } from "../../plan.ts";

/** An upstream as Caddy dials it: `127.0.0.1:80`, `[::1]:80`, `unix//path`. */
interface Destination {
  readonly dial: string;
  readonly tls: boolean;
  /** A name, to be resolved for each connection. */
  readonly named: boolean;
}

/**
 * The `reverse_proxy` handler of a route.
 * @throws Error when the upstreams cannot be told to Caddy in one handler
 */
export function reverseProxy(plan: Plan): object {
  const destinations = plan.upstreams.map(parse);
  const tls = destinations[0]?.tls ?? false;
  if (destinations.some((destination) => destination.tls !== tls))
    throw new Error(`caddy: upstreams of one route want one scheme, got ${plan.upstreams.join(", ")}`);
  const { connections, retries } = plan;
  return {
    handler: "reverse_proxy",
    upstreams: destinations.map(({ dial }) => ({
      dial,
      ...(connections !== undefined && { max_requests: connections }),
    })),
    load_balancing: { selection_policy: { policy: "round_robin" }, retries },
    health_checks: healthChecks(plan),
    transport: {
      protocol: "http",
      versions: ["1.1"],
      ...clocks(
        plan.timers,
        destinations.some(({ named }) => named),
      ),
      max_response_header_size: plan.headLimit,
      keep_alive: { enabled: plan.keepAlive },
      ...(plan.resolver !== undefined && { resolver: { addresses: [`udp/${plan.resolver}`] } }),
      ...(tls && { tls: verification(plan.trust, plan.timers.tls) }),
    },
  };
}

/**
 * Of the seven clocks Caddy has all but those for a name and for the whole. `dial_timeout` bounds the resolution of a
 * name and TCP together. `read_timeout` bounds every wait for the upstream's next octet: for the body's, but for the
 * head's first too, from the moment the connection is there; so that it must leave the head its time.
 */
function clocks({ resolve, connect, send, head, idle }: Timers, named: boolean): object {
  return {
    // 0 would mean three seconds.
    dial_timeout: connect === 0 ? "24h" : clock(named ? Math.max(resolve, connect) : connect),
    write_timeout: clock(send),
    response_header_timeout: clock(head),
    read_timeout: clock(head === 0 || idle === 0 ? 0 : Math.max(head, idle)),
  };
}

function clock(milliseconds: number): string {
  return `${milliseconds}ms`;
}

/** Without a name of its own, the upstream's host is what the certificate has to hold. */
function verification({ ca, serverName, identity }: Trust, handshake: number): object {
  return {
    root_ca_pem_files: [ca],
    handshake_timeout: clock(handshake),
    ...(serverName !== undefined && { server_name: serverName }),
    ...(identity && { client_certificate_file: identity.certificate, client_certificate_key_file: identity.key }),
  };
}

function healthChecks({ health, ejection, timers }: Plan): object {
  return { ...(health && { active: active(health, timers) }), ...(ejection && { passive: passive(ejection) }) };
}

function active({ path, every }: HealthCheck, { head }: Timers): object {
  return { uri: path, interval: clock(every), timeout: clock(head), expect_status: 2 };
}

function passive({ failures, for: duration }: Ejection): object {
  return { max_fails: failures, fail_duration: clock(duration) };
}

function parse(url: string): Destination {
  if (url.startsWith("unix:")) return { dial: `unix/${url.slice("unix:".length)}`, tls: false, named: false };
  const { protocol, hostname, port } = new URL(url);
  const tls = protocol === "https:";
  const named = isIP(hostname.replace(/^\[|\]$/g, "")) === 0;
  return { dial: `${hostname}:${port || (tls ? 443 : 80)}`, tls, named };
}
