import type { Route } from "../../driver.ts";
import type { Plan, Timers, Trust } from "../../plan.ts";
import { seconds } from "./clock.ts";
import { targetOf } from "./target.ts";

/**
 * The whole of `remap.config`, a pure function of the routes: what comes in at a route's port, whatever its Host, goes
 * to the route's upstream, under settings of the route's own.
 */
export function configuration(routes: readonly Route[]): string {
  return routes.map(rules).join("\n");
}

function rules({ plan, host, port }: Route, index: number): string {
  const about = `# http://${host}:${port}/ -> ${plan.upstreams.join(" ")}\n`;
  const target = targetOf(plan, index);
  if (!target) return about;
  const own = Object.entries(settings(plan, target.tls)).map(([name, value]) => ` \\\n  @pparam=${name}=${value}`);
  // A request that wants to upgrade is looked up under the schemes of WebSocket.
  const schemes = target.tls ? { http: "https", ws: "wss" } : { http: "http", ws: "ws" };
  const lines = Object.entries(schemes).map(
    ([from, to]) =>
      `regex_map_with_recv_port ${from}://.*:${port}/ ${to}://${target.authority}/ @plugin=conf_remap.so${own.join("")}\n`,
  );
  return [about, ...lines].join("");
}

function settings(plan: Plan, tls: boolean): Record<string, string | number> {
  return {
    ...clocks(plan.timers),
    ...verification(plan.trust, tls),
    "proxy.config.http.connect_attempts_max_retries": plan.retries,
    "proxy.config.http.parent_proxy.total_connect_attempts": plan.retries,
    "proxy.config.http.keep_alive_enabled_out": plan.keepAlive ? 1 : 0,
    "proxy.config.http.response_header_max_size": plan.headLimit,
    ...(plan.connections !== undefined && { "proxy.config.http.per_server.connection.max": plan.connections }),
  };
}

/**
 * Of the seven clocks it has four, in whole seconds. The one for connecting covers the handshake. The one for a silent
 * origin begins anew with every octet, in either direction, from the request to the end of the body, so that it is given
 * the head's.
 */
function clocks({ connect, head, total }: Timers): Record<string, number> {
  return {
    "proxy.config.http.connect_attempts_timeout": seconds(connect),
    "proxy.config.http.post_connect_attempts_timeout": seconds(connect),
    "proxy.config.http.transaction_no_activity_timeout_out": seconds(head),
    "proxy.config.http.transaction_active_timeout_out": total === 0 ? 0 : seconds(total),
    "proxy.config.websocket.no_activity_timeout": seconds(head),
  };
}

function verification({ ca, serverName, identity }: Trust, tls: boolean): Record<string, string> {
  if (!tls) return {};
  return {
    "proxy.config.ssl.client.CA.cert.filename": ca,
    "proxy.config.ssl.client.verify.server.policy": "ENFORCED",
    "proxy.config.ssl.client.verify.server.properties": "ALL",
    "proxy.config.ssl.client.sni_policy": serverName === undefined ? "remap" : `@${serverName}`,
    ...(identity && {
      "proxy.config.ssl.client.cert.filename": identity.certificate,
      "proxy.config.ssl.client.private_key.filename": identity.key,
    }),
  };
}
