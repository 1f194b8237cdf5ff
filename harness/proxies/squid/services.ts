import { basename } from "node:path";
import type { Route } from "../../driver.ts";
import type { Plan } from "../../plan.ts";
import { cacheLog } from "./names.ts";

/** What Squid has for all of a process together: routes that agree on it share one. */
export interface Common {
  /** Whole seconds; 0: off. */
  readonly read: number;
  readonly write: number;
  readonly total: number;
  readonly keepAlive: boolean;
  readonly headLimit: number;
  readonly tries: number;
}

/** One process of Squid, with its routes by their indexes. */
export interface Service {
  /** A number, as text: the only word that a condition in the configuration can be about. */
  readonly name: string;
  readonly common: Common;
  readonly routes: readonly number[];
}

export function services(routes: readonly Route[]): Service[] {
  const byCommon = Map.groupBy(routes.keys(), (index) => JSON.stringify(commonOf(routes[index]?.plan)));
  return [...byCommon]
    .flatMap(([common, own]) => inParts(own, mostPorts).map((part) => ({ common: JSON.parse(common), routes: part })))
    .map((service, index) => ({ ...service, name: nameOf(routes[0]?.host ?? "", index) }));
}

/** Squid listens on no more ports than this; it leaves the rest out with a warning. `MAXTCPLISTENPORTS` in its source. */
const mostPorts = 128;

function inParts(all: readonly number[], size: number): number[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, part) => all.slice(part * size, (part + 1) * size));
}

/** No other Squid on this machine may have it. Our address is nobody else's: `127.1.20.3` gives `1127001020003000`. */
function nameOf(host: string, index: number): string {
  const digits = [...host.split("."), index].map((part) => String(part).padStart(3, "0"));
  return `1${digits.join("")}`;
}

function commonOf(plan: Plan | undefined): Common | undefined {
  return (
    plan && {
      // It bounds each wait for the upstream, in the head and in the body.
      read: seconds(plan.timers.head),
      write: seconds(plan.timers.send),
      total: seconds(plan.timers.total),
      keepAlive: plan.keepAlive,
      headLimit: plan.headLimit,
      tries: plan.retries + 1,
    }
  );
}

/**
 * The grain of Squid's clock, in milliseconds. It knows whole seconds only, of the time of day, and looks once a second
 * which are over: a timer of three runs out after anything from two to almost five, and one of two perhaps before an answer
 * that takes half of it.
 */
export const grain = 3_000;

export function seconds(milliseconds: number): number {
  return (Math.ceil(milliseconds / grain) * grain) / 1_000;
}

/** Of each service a line, for the shell: its name, then the numbers of its routes. */
const servicesFile = "services";

/** What the starter reads, and the logs, empty. */
export function filesFor(routes: readonly Route[]): Record<string, string> {
  const all = services(routes);
  const lines = all.map(({ name, routes }) => [name, ...routes.map((index) => index + 1)].join(" "));
  const logs = [...all.map(({ name }) => cacheLog(name)), ...routes.map(({ log }) => basename(log))];
  return {
    [servicesFile]: lines.map((line) => `${line}\n`).join(""),
    ...Object.fromEntries(logs.map((log) => [log, ""])),
  };
}

/**
 * All processes read one configuration, each under the name of its service, by which it knows what there is for it.
 * How each ends is said, in a line of its own; the shell outlives them all.
 *
 * As root, Squid becomes another user before it writes a log. It makes shared memory that it never uses with one
 * process; the names are taken away once it serves, since nobody else would when it is killed.
 */
export const starter = [
  'trap "" TERM',
  "chmod a+x . && chmod 666 ./*.log",
  "serve() {",
  "  name=$1; shift; routes=$1; shift",
  '  "$0" "$@" -n "$name" & squid=$!',
  `  until grep -q "Accepting " "${cacheLog("$name")}"; do kill -0 $squid 2>/dev/null || break; sleep 0.02; done`,
  '  rm -f "/dev/shm/$name-"*',
  '  wait $squid; how=$?; echo "routes $routes ended with $how"; return $how',
  "}",
  `while read -r name routes; do serve "$name" "$routes" "$@" & all="$all $!"; done <${servicesFile}`,
  "for one in $all; do wait $one || how=$?; done",
  "exit $how",
].join("\n");
