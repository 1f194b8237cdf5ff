import type { Timers } from "../plan.ts";

/** Defaults for real upstreams; a run of scenarios has shorter ones, so that it is soon over. */
export const programTimers: Timers = {
  resolve: 5_000,
  connect: 5_000,
  tls: 5_000,
  send: 30_000,
  head: 30_000,
  idle: 30_000,
  total: 0,
};

/** As they stand in a help text. */
export const timersText = "resolve=5s, connect=5s, tls=5s, send=30s, head=30s, idle=30s, total=0";
