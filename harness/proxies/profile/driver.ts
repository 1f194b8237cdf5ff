import type { Company, Ground, ProxyDriver, Route, RunningProxy } from "../../driver.ts";
import type { AccessRecord } from "../../gateway/access-record.ts";
import type { GatewaySettings } from "../../gateway/options.ts";
import type { Profile } from "../../gateway/profile.ts";
import { loadProfiles } from "../../gateway/profile-catalogue.ts";
import { type Side, type SideBySide, startSideBySide } from "../../gateway/side-by-side.ts";
import { openTogether } from "../../net/open-together.ts";
import type { Plan } from "../../plan.ts";
import { causesOf, type NamedScenario } from "../../scenario.ts";
import { dialectOf } from "./dialect.ts";
import { publishedTimersOf, realTimersOf } from "./timers.ts";

/** A driver that imitates a managed proxy: our own gateway in its shape. */
interface ProfileDriver extends ProxyDriver {
  readonly profile: Profile;
}

/** They differ in what they tell the client, and seldom in how they treat the upstreams. */
const company: Company = { conduct, start: startTogether };

const drivers = (await loadProfiles()).map(driverOf);

export default drivers satisfies readonly ProxyDriver[];

function driverOf(profile: Profile): ProfileDriver {
  return {
    name: `profile:${profile.name}`,
    via: "profile",
    unit: 1,
    profile,
    dialect: dialectOf(profile),
    vendor: { published: publishedTimersOf(profile), timers: realTimersOf(profile) },
    company,
    missing: async () => undefined,
    config: (routes) => `${JSON.stringify({ profile: profile.name, routes: routes.map(configured) }, undefined, 2)}\n`,
    start: async (plans, ground) => {
      const [proxy] = await startAll([profile], plans, ground);
      if (!proxy) throw new Error(`the profile ${profile.name} did not start`);
      return proxy;
    },
  };
}

function configured({ plan, host, port }: Route): object {
  return { listen: { host, port }, ...plan };
}

/** Alone of them all it treats the upstreams so: it cannot share what happens there. */
function conduct(driver: ProxyDriver, scenario: NamedScenario): string {
  const timers = JSON.stringify(driver.timers ?? {});
  const profile = drivers.find(({ name }) => name === driver.name)?.profile;
  const causes = causesOf(scenario);
  // Round a loop a request comes back to one of them alone.
  if (causes.includes("proxy_loop_detected")) return `${driver.name} ${timers}`;
  const open = profile?.allDown !== undefined && (scenario.plan?.health ?? scenario.plan?.ejection) !== undefined;
  const trusts = profile?.trusting !== undefined && causes.includes("tls_certificate_error");
  return `${open} ${trusts} ${timers}`;
}

function startTogether(
  members: readonly ProxyDriver[],
  plans: readonly Plan[],
  ground: Ground,
): Promise<readonly RunningProxy[]> {
  const profiles = members.flatMap(({ name }) => drivers.find((driver) => driver.name === name)?.profile ?? []);
  return startAll(profiles, plans, ground);
}

async function startAll(
  profiles: readonly Profile[],
  plans: readonly Plan[],
  { seed }: Ground,
): Promise<RunningProxy[]> {
  const logs = profiles.map(() => plans.map((): string[] => []));
  await using starting = new AsyncDisposableStack();
  const open = await openTogether<SideBySide[]>(
    starting,
    plans.map((plan, route) => {
      const sides = profiles.map((profile, index): Side => {
        const onAnswered = ({ line }: AccessRecord) => void logs[index]?.[route]?.push(line ?? "");
        return { profile, onAnswered };
      });
      return startSideBySide(sides, {
        ...plan,
        ...(seed !== undefined && { seed: seed + route }),
      } satisfies GatewaySettings);
    }),
  );
  const running = starting.move();
  return profiles.map((profile, index) => ({
    version: versionOf(profile),
    routes: open.flatMap(({ urls }) => urls[index] ?? []),
    said: async (route) => [...(logs[index]?.[route] ?? [])],
    died: () => undefined,
    // The first one closes for all: what is closed twice stays closed.
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }));
}

/** When its sources were read last, as a version: `2026.11.26`. */
function versionOf({ sources }: Profile): string {
  const dates = Object.values(sources).map(({ date }) => date);
  return (dates.sort().at(-1) ?? "0.0").replaceAll("-", ".");
}
