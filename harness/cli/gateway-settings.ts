import type { OptionError } from "../gateway/option-error.ts";
import type { GatewaySettings } from "../gateway/options.ts";
import type { Profile } from "../gateway/profile.ts";
import type { Plan, Timers, Trust } from "../plan.ts";
import { realTimersOf } from "../proxies/profile/timers.ts";
import type { GatewayCommandOptions } from "./gateway-command.ts";
import { checkTogether } from "./gateway-contradictions.ts";
import { programTimers } from "./program-timers.ts";
import { UsageError } from "./usage.ts";
import { addressOf } from "./values.ts";

/**
 * What the gateway is started with.
 * @throws UsageError when options contradict each other, or one is none
 */
export function settingsOf(options: GatewayCommandOptions, profile?: Profile): GatewaySettings {
  checkTogether(options);
  const { upstream, listen, timers, retries = 0, keepAlive, resolver, maxConnections, name } = options;
  const headLimit = options.headLimit ?? profile?.headLimit?.octets ?? 32 * 1024;
  return {
    upstreams: upstream,
    listen: addressOf("--listen")(listen),
    timers: { ...(profile ? realTimersOf(profile) : programTimers), ...timers },
    retries,
    headLimit,
    keepAlive,
    ...(profile && { profile }),
    ...(profile?.tries && options.retries === undefined && { tries: profile.tries }),
    trust: trustOf(options),
    ...(resolver !== undefined && { resolver }),
    ...(maxConnections !== undefined && { connections: maxConnections }),
    ...(name !== undefined && { name }),
    ...limitsOf(options),
  };
}

function trustOf({ ca, certificate, key, serverName }: GatewayCommandOptions): Partial<Trust> {
  return {
    ...(ca !== undefined && { ca }),
    ...(certificate !== undefined && key !== undefined && { identity: { certificate, key } }),
    ...(serverName !== undefined && { serverName }),
  };
}

/** The defaults are those that HAProxy has for checks, and nginx for failures. */
function limitsOf(options: GatewayCommandOptions): Pick<Plan, "queue" | "health" | "ejection"> {
  const {
    maxQueue,
    queueTimeout = 5_000,
    healthCheck,
    healthInterval = 2_000,
    healthRise = 2,
    healthFall = 3,
  } = options;
  const { maxFails, failTimeout = 10_000 } = options;
  return {
    ...(maxQueue !== undefined && { queue: { most: maxQueue, wait: queueTimeout } }),
    ...(healthCheck !== undefined && {
      health: { path: healthCheck, every: healthInterval, rise: healthRise, fall: healthFall },
    }),
    ...(maxFails !== undefined && { ejection: { failures: maxFails, for: failTimeout } }),
  };
}

/** What is allowed, but will not do what was probably meant. */
export function noticesOf({ upstreams, retries = 0, profile, timers }: GatewaySettings): readonly string[] {
  return [...aboutRetries(upstreams, retries), ...(profile && timers ? [aboutProfile(profile, timers)] : [])];
}

function aboutProfile(profile: Profile, { connect, head, idle }: Timers): string {
  const marks = Map.groupBy(Object.values(profile.answers), ({ mark }) => mark);
  const sure = [...marks].map(([mark, answers]) => `${answers.length} ${mark}`).join(", ");
  const patience = [connect, head, idle].map((time) => `${time / 1000} s`);
  const [connecting, answering, silent] = patience;
  return (
    `an imitation of ${profile.title}${profile.setting === undefined ? "" : ` (${profile.setting})`}: ${sure} answers; ` +
    `connect ${connecting}, head ${answering}, idle ${silent}. Proxy-Status is badgateway's own`
  );
}

function aboutRetries(upstreams: readonly string[], retries: number): readonly string[] {
  const others = upstreams.length - 1;
  if (retries <= others) return [];
  const left = others === 0 ? "there is only one" : `only ${others} of them can be used`;
  return [`--retries ${retries}: a further try goes to another upstream, and ${left}`];
}

/** The gateway's own options by the names they have here. */
const flags: Readonly<Record<string, string>> = {
  upstream: "--upstream",
  listen: "--listen",
  timers: "--timers",
  resolver: "--resolver",
  retries: "--retries",
  headLimit: "--head-limit",
  connections: "--max-connections",
  "health.path": "--health-check",
  name: "--name",
  trust: "--ca, --certificate, --key",
  "trust.ca": "--ca",
  "trust.identity.certificate": "--certificate",
  "trust.identity.key": "--key",
};

export function usageErrorOf({ option, wanted, got }: OptionError): UsageError {
  return new UsageError(`${flags[option] ?? option}: wanted ${wanted}; got ${got}`.replaceAll(/\s*\n\s*/g, " "));
}
