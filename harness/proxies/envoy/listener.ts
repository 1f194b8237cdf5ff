import type { Route } from "../../driver.ts";
import type { Plan } from "../../plan.ts";
import { namedUpstream } from "./destination.ts";
import { accessLog } from "./log.ts";
import { nameCache } from "./names.ts";
import { duration, type Settings, typed } from "./typed.ts";

const resolving = "envoy.filters.http.dynamic_forward_proxy";
const resolvingType = "extensions.filters.http.dynamic_forward_proxy.v3";

/** Where a route's requests arrive, and on which terms they go to its cluster. */
export function listener({ plan, host, port }: Route, name: string): Settings {
  const cache = nameCache(plan, name);
  const filters = [
    ...(cache
      ? [{ name: resolving, typed_config: typed(`${resolvingType}.FilterConfig`, { dns_cache_config: cache }) }]
      : []),
    router,
  ];
  return {
    name,
    address: { socket_address: { address: host, port_value: port } },
    filter_chains: [{ filters: [connections(name, routes(plan, name), filters)] }],
  };
}

/** Answers everything by itself, and writes a line of it: once that is written, all earlier lines are. */
export function marker(path: string): Settings {
  return {
    name: "marker",
    address: { pipe: { path } },
    filter_chains: [
      { filters: [connections("marker", [{ match: { prefix: "/" }, direct_response: { status: 204 } }], [router])] },
    ],
  };
}

const router: Settings = {
  name: "envoy.filters.http.router",
  typed_config: typed("extensions.filters.http.router.v3.Router"),
};

function connections(name: string, routes: readonly Settings[], filters: readonly Settings[]): Settings {
  return {
    name: "envoy.filters.network.http_connection_manager",
    typed_config: typed("extensions.filters.network.http_connection_manager.v3.HttpConnectionManager", {
      stat_prefix: name,
      codec_type: "HTTP1",
      // The clock towards the client is not the subject, and must not run out first.
      stream_idle_timeout: "0s",
      // So long it keeps open what it has given up, that its last words are not lost: a second, out of the box.
      delayed_close_timeout: "0.05s",
      upgrade_configs: [{ upgrade_type: "websocket" }],
      access_log: [accessLog(name)],
      http_filters: filters,
      route_config: { name, virtual_hosts: [{ name, domains: ["*"], routes }] },
    }),
  };
}

/** With retries, requests that must not be sent twice (RFC 9110 §9.2.2) have a route of their own: only a failed connect is repeated. */
function routes(plan: Plan, name: string): Settings[] {
  if (plan.upstreams.length === 0) return [];
  const named = namedUpstream(plan);
  const route = (match: Settings, retryOn: string): Settings => ({
    match: { prefix: "/", ...match },
    route: { cluster: name, ...clocks(plan), retry_policy: tries(plan, retryOn) },
    ...(named && {
      typed_per_filter_config: {
        [resolving]: typed(`${resolvingType}.PerRouteConfig`, { host_rewrite_literal: named.authority }),
      },
    }),
  });
  if (plan.retries === 0) return [route({}, "")];
  const idempotent = { safe_regex: { regex: "GET|HEAD|OPTIONS|TRACE|PUT|DELETE" } };
  return [
    route({ headers: [{ name: ":method", string_match: idempotent }] }, "connect-failure,reset"),
    route({}, "connect-failure"),
  ];
}

/**
 * Of the seven clocks Envoy has five. A try's own counts from the whole request, or from the connection if that comes
 * later, to the response head. The idle one runs all the time, whatever is waited for, and is what a request that
 * nobody reads and a body that stalls run into: longer by a tenth than those that follow each other on it, and by all
 * the time that a name may take, that each of these comes first. The route's (`total`) counts from the whole request.
 */
function clocks(plan: Plan): Settings {
  const { resolve, connect, head, idle, total } = plan.timers;
  const before = namedUpstream(plan) ? resolve : 0;
  const idleTimeout = before + Math.max(connect, head, idle) * 1.1;
  return { timeout: duration(total), idle_timeout: duration(idle === 0 ? 0 : Math.round(idleTimeout)) };
}

function tries({ timers: { head }, retries }: Plan, retryOn: string): Settings {
  return {
    retry_on: retryOn,
    num_retries: retries,
    ...(head > 0 && { per_try_timeout: duration(head) }),
    ...(retries > 0 && {
      // A retry goes to another host.
      retry_host_predicate: [
        {
          name: "envoy.retry_host_predicates.previous_hosts",
          typed_config: typed("extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate"),
        },
      ],
      host_selection_retry_max_attempts: 5,
    }),
  };
}
