import type { Plan } from "../../plan.ts";
import { namedUpstream } from "./destination.ts";
import { duration, type Settings, typed } from "./typed.ts";

/**
 * Resolves names when a request wants them. Filter and cluster of a route have to be told the same.
 * An answer is kept for a second at least, whatever its TTL: Envoy takes no less.
 */
export function nameCache(plan: Plan, name: string): Settings | undefined {
  const named = namedUpstream(plan);
  if (!named) return undefined;
  const { resolve } = plan.timers;
  const [address, port] = splitAt(named.resolver, named.resolver.lastIndexOf(":"));
  return {
    name,
    dns_lookup_family: "AUTO",
    dns_min_refresh_rate: "1s",
    ...(resolve > 0 && { dns_query_timeout: duration(resolve) }),
    typed_dns_resolver_config: {
      name: "envoy.network.dns_resolver.cares",
      typed_config: typed("extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig", {
        resolvers: [{ socket_address: { address, port_value: Number(port) } }],
        dns_resolver_options: { no_default_search_domain: true },
        query_tries: 1,
      }),
    },
  };
}

function splitAt(text: string, index: number): [string, string] {
  return [text.slice(0, index), text.slice(index + 1)];
}
