import { Resolver } from "node:dns";
import { validateHeaderName } from "../net/node-http.ts";
import { OptionError } from "./option-error.ts";
import type { GatewayOptions } from "./options.ts";

interface Check {
  readonly option: string;
  readonly wanted: string;
  readonly given: (options: GatewayOptions) => unknown;
  readonly holds: (options: GatewayOptions) => boolean;
}

const count = (value: number | undefined, least: number) =>
  value === undefined || (Number.isSafeInteger(value) && value >= least);

/** More than that Node does not wait: it fires at once (`setTimeout`). */
const longest = 2 ** 31 - 1;

const time = (value: number | undefined, least: number) =>
  value === undefined || (Number.isFinite(value) && value >= least && value <= longest);

/** What would otherwise fail in the middle of a request. */
const checks: readonly Check[] = [
  {
    option: "timers",
    wanted: `milliseconds up to ${longest}, 0 to switch one off`,
    given: ({ timers }) => timers,
    holds: ({ timers }) => Object.values(timers).every((timer) => Number.isFinite(timer) && time(timer, 0)),
  },
  {
    option: "resolver",
    wanted: "the address:port of a name server",
    given: ({ resolver }) => resolver,
    holds: ({ resolver }) => resolver === undefined || succeeds(() => new Resolver().setServers([resolver])),
  },
  {
    option: "retries",
    wanted: "a whole number from 0",
    given: ({ retries }) => retries,
    holds: ({ retries }) => count(retries, 0),
  },
  {
    option: "headLimit",
    wanted: "octets, at least 64",
    given: ({ headLimit }) => headLimit,
    holds: ({ headLimit }) => count(headLimit, 64),
  },
  {
    option: "connections",
    wanted: "a whole number from 1",
    given: ({ connections }) => connections,
    holds: ({ connections }) => count(connections, 1),
  },
  {
    option: "queue.most",
    wanted: "a whole number from 0",
    given: ({ queue }) => queue?.most,
    holds: ({ queue }) => count(queue?.most, 0),
  },
  {
    option: "queue.wait",
    wanted: `milliseconds from 1 to ${longest}`,
    given: ({ queue }) => queue?.wait,
    holds: ({ queue }) => time(queue?.wait, 1),
  },
  {
    option: "ejection.failures",
    wanted: "a whole number from 1",
    given: ({ ejection }) => ejection?.failures,
    holds: ({ ejection }) => count(ejection?.failures, 1),
  },
  {
    option: "ejection.for",
    wanted: `milliseconds from 1 to ${longest}`,
    given: ({ ejection }) => ejection?.for,
    holds: ({ ejection }) => time(ejection?.for, 1),
  },
  {
    option: "health.every",
    wanted: `milliseconds from 1 to ${longest}`,
    given: ({ health }) => health?.every,
    holds: ({ health }) => time(health?.every, 1),
  },
  {
    option: "health.rise and health.fall",
    wanted: "whole numbers from 1",
    given: ({ health }) => [health?.rise, health?.fall],
    holds: ({ health }) => count(health?.rise, 1) && count(health?.fall, 1),
  },
  {
    option: "health.path",
    wanted: "a path that begins with a slash",
    given: ({ health }) => health?.path,
    holds: ({ health }) => health === undefined || /^\/[\x21-\x7e]*$/.test(health.path),
  },
  {
    option: "name",
    wanted: "a token",
    given: ({ name }) => name,
    holds: ({ name }) => succeeds(() => validateHeaderName(name)),
  },
];

/** @throws OptionError */
export function checkOptions(options: GatewayOptions): void {
  const failed = checks.find((check) => !check.holds(options));
  if (failed) throw new OptionError(failed.option, failed.wanted, JSON.stringify(failed.given(options)));
}

function succeeds(attempt: () => void): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}
