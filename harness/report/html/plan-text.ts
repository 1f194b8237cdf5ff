import type { Plan } from "../../plan.ts";

/** What the proxy was told for a route: name and value. What it was not told is left out. */
export function planText(plan: Plan): (readonly [string, string])[] {
  const { upstreams, timers, trust, resolver, retries, keepAlive, headLimit, connections, queue, health, ejection } =
    plan;
  const timer = Object.entries(timers).map(([name, limit]) => `${name} ${limit === 0 ? "off" : `${limit} ms`}`);
  const told: (readonly [string, string | undefined])[] = [
    ["upstreams", upstreams.join(", ") || "none"],
    ["timers", timer.join(", ")],
    ["resolver", resolver],
    ["server name", trust.serverName],
    ["client certificate", trust.identity && "shown"],
    ["retries", String(retries)],
    ["connections kept alive", keepAlive ? "yes" : "no"],
    ["head limit", `${headLimit} octets`],
    ["connections to an upstream", connections === undefined ? undefined : `${connections} at most`],
    ["queue", queue && `${queue.most} at most, ${queue.wait} ms each`],
    ["health check", health && `GET ${health.path} every ${health.every} ms`],
    ["ejection", ejection && `after ${ejection.failures} failures, for ${ejection.for} ms`],
  ];
  return told.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}
