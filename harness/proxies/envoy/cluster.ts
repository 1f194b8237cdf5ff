import type { Ejection, HealthCheck, Plan, Timers } from "../../plan.ts";
import { isName, parse } from "./destination.ts";
import { nameCache } from "./names.ts";
import { transportSocket } from "./security.ts";
import { duration, type Settings, typed } from "./typed.ts";

/** The upstreams of a route and the connections to them. */
export function cluster(plan: Plan, name: string): Settings {
  const { timers, health, ejection } = plan;
  return {
    name,
    ...kind(plan, name),
    // Bounds TCP and the handshake together; 0 is not "off" here but refused.
    connect_timeout: duration(timers.connect || 86_400_000),
    circuit_breakers: { thresholds: [limits(plan)] },
    common_lb_config: {
      // Half of the hosts down would otherwise count as a mistake of the check, and all would be used again.
      healthy_panic_threshold: { value: 0 },
      // A change of health would otherwise be kept back for a second after the one before it.
      update_merge_window: "0s",
    },
    typed_extension_protocol_options: { "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": protocol(plan) },
    ...transportSocket(plan),
    ...(health && { health_checks: [check(health, timers)] }),
    ...(ejection && { outlier_detection: outlier(ejection) }),
  };
}

/** Addresses as they are, or a name: resolved for the requests with the plan's resolver, else by the system all along. */
function kind(plan: Plan, name: string): Settings {
  const cache = nameCache(plan, name);
  if (cache)
    return {
      lb_policy: "CLUSTER_PROVIDED",
      cluster_type: {
        name: "envoy.clusters.dynamic_forward_proxy",
        typed_config: typed("extensions.clusters.dynamic_forward_proxy.v3.ClusterConfig", {
          dns_cache_config: cache,
          // Name and SNI are told, not taken from the request.
          allow_insecure_cluster_options: true,
        }),
      },
    };
  const destinations = plan.upstreams.map(parse);
  return {
    type: destinations.some(({ host }) => isName(host)) ? "STRICT_DNS" : "STATIC",
    lb_policy: "ROUND_ROBIN",
    load_assignment: {
      cluster_name: name,
      endpoints: [{ lb_endpoints: destinations.map(({ address }) => ({ endpoint: { address } })) }],
    },
  };
}

/**
 * Without a queue the requests are limited, each of which has a connection of its own in HTTP/1. With one the
 * connections are, and what is pending: a request is that while its connection is being made, too, so that no less
 * than one for each connection may be. Nothing but the whole exchange's clock ends the wait.
 */
function limits({ connections, queue }: Plan): Settings {
  if (connections === undefined) return {};
  if (!queue) return { max_requests: connections };
  return { max_connections: connections, max_pending_requests: Math.max(queue.most, connections) };
}

function protocol({ keepAlive, headLimit }: Plan): Settings {
  return typed("extensions.upstreams.http.v3.HttpProtocolOptions", {
    explicit_http_config: { http_protocol_options: {} },
    common_http_protocol_options: {
      max_response_headers_kb: Math.ceil(headLimit / 1_024),
      ...(!keepAlive && { max_requests_per_connection: 1 }),
    },
  });
}

function check({ path, every, rise = 1, fall = 1 }: HealthCheck, { head }: Timers): Settings {
  const interval = duration(every);
  return {
    timeout: duration(head || 86_400_000),
    interval,
    // Without requests Envoy would ask once a minute.
    no_traffic_interval: interval,
    healthy_threshold: rise,
    unhealthy_threshold: fall,
    http_health_check: { path, expected_statuses: [{ start: 200, end: 300 }] },
  };
}

/** Failures before a response head are "of local origin"; a response of the upstream, whatever its status, is none. */
function outlier({ failures, for: time }: Ejection): Settings {
  return {
    split_external_local_origin_errors: true,
    consecutive_local_origin_failure: failures,
    enforcing_consecutive_local_origin_failure: 100,
    enforcing_consecutive_5xx: 0,
    enforcing_consecutive_gateway_failure: 0,
    enforcing_success_rate: 0,
    enforcing_local_origin_success_rate: 0,
    interval: "0.05s",
    base_ejection_time: duration(time),
    max_ejection_time: duration(time),
    max_ejection_percent: 100,
  };
}
