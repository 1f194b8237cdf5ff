import type { DialectRow } from "../../dialect.ts";

/** Every row was measured on the same release. */
export type Row = Omit<DialectRow, "versions">;

export const lazyTimers =
  "src/event/ngx_event_timer.h: NGX_TIMER_LAZY_DELAY, a timer begun anew keeps its old end when that is less than " +
  "300 ms earlier";
