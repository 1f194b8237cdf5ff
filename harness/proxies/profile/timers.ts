import type { Profile } from "../../gateway/profile.ts";
import type { TimerName, Timers } from "../../plan.ts";

/** What is not known is taken to be this, in milliseconds. */
const unknown = 60_000;

export function publishedTimersOf({ timers }: Profile): Partial<Timers> {
  return Object.fromEntries(Object.entries(timers).map(([name, { ms }]) => [name, ms]));
}

/** The vendor's own timers. `send` and `resolve` are hardly ever published: as patient as the rest. */
export function realTimersOf({ timers }: Profile): Timers {
  const of = (name: TimerName, fallback = unknown) => timers[name]?.ms ?? fallback;
  const connect = of("connect");
  const head = of("head");
  return {
    resolve: of("resolve", connect),
    connect,
    tls: of("tls", connect),
    send: of("send", head),
    head,
    idle: of("idle", head),
    total: of("total", 0),
  };
}
