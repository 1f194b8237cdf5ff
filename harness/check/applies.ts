import { isDeepStrictEqual } from "node:util";
import { defaultTimers, type Plan, type PlanChange, type TimerName, type Timers, timerWords } from "../plan.ts";
import type { NamedScenario } from "../scenario.ts";
import type { Means, Subject } from "./subject.ts";

/** Why a scenario says nothing about this proxy, as far as the page of it tells; nothing when it applies. */
export function whyNot(scenario: NamedScenario, { upstreams, means, running }: Subject): string | undefined {
  const wanted = scenario.upstreams.length;
  if (running && scenario.upstreams.some(({ dead }) => dead))
    return "it is about the start of a proxy, and this one runs";
  if (wanted === 0) return "it is about a route without an upstream";
  if (wanted > 1 && wanted !== upstreams)
    return `it wants ${wanted} upstreams, and the proxy forwards to ${upstreams} (--listen PORT,PORT)`;
  if (wanted === 1 && upstreams > 1 && (scenario.asks?.length ?? 1) > 1)
    return "its upstream has to be asked twice in a row, and this proxy takes turns";
  if (scenario.at === "total" && means.timers.total === undefined)
    return "no timer for the whole exchange is told (timers.total)";
  if (wanted > 1 && !scenario.plan?.retries && means.retries !== 0)
    return "it is about a proxy that does not try again (means.retries)";
  return wantedOfPlan(scenario.plan ?? {}, means);
}

/** What the scenario takes for granted of the proxy and nobody has said. */
function wantedOfPlan(plan: PlanChange, means: Means): string | undefined {
  if (plan.clientCertificate) return "the proxy would have to show a certificate of ours";
  if (plan.queue || plan.ejection) return "it is about a queue or an ejection that has to be set for it";
  if (plan.health && plan.health.path !== means.health?.path)
    return `it is about health checks at ${plan.health.path} (means.health)`;
  if (plan.keepAlive === false && means.keepAlive !== false)
    return "it is about a proxy that keeps no connections (means.keepAlive)";
  if (plan.headLimit !== undefined && plan.headLimit !== means.headLimit)
    return `it is about a response head of at most ${plan.headLimit} octets (means.headLimit)`;
  if (plan.connections !== undefined && plan.connections !== means.connections)
    return `it is about ${plan.connections} connections at most (means.connections)`;
  return plan.timers && otherTimers(plan.timers, means.timers);
}

/** A scenario may want the proxy's timers to be others than they are. */
function otherTimers(change: (run: Timers) => Partial<Timers>, told: Partial<Timers>): string | undefined {
  const run = { ...defaultTimers, ...told };
  const changed = change(run);
  const names = Object.keys(changed) as TimerName[];
  const other = names.find((name) => !isDeepStrictEqual(changed[name], run[name]));
  if (other !== undefined) return `it wants another ${other} timer than the proxy has`;
  const untold = names.find((name) => name === "head" && told.head === undefined);
  return untold && `it is told in terms of the proxy's timer for ${timerWords[untold]} (timers.${untold})`;
}

/** What can be seen only of the backends once they are open; completes "the proxy has no means for …". */
export function cannot(plan: Plan, { tls, resolves, byPath }: Subject): string | undefined {
  if (byPath) return undefined;
  if (plan.upstreams.some((url) => url.startsWith("unix:"))) return "an upstream on a unix socket of ours";
  if (plan.resolver !== undefined && !resolves)
    return `names that our name server alone knows (\${BADGATEWAY_RESOLVER} in the configuration)`;
  const secure = plan.upstreams.some((url) => url.startsWith("https:"));
  if (secure && !tls) return "TLS towards the upstream (--tls)";
  if (!secure && tls) return "an upstream without TLS, since --tls says that it always speaks it";
  return undefined;
}
