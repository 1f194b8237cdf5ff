import type { Limiter } from "../net/limiter.ts";
import { orAborted } from "../net/or-aborted.ts";
import type { Column, ColumnTimes } from "./column.ts";
import type { Group } from "./groups.ts";

/** A column that has been asked all that must have the machine for itself. */
export interface AskedColumn {
  /** Waits until its last cell is settled, or the run is broken off, and closes it when it gets the machine again. */
  finish(machine: Limiter): Promise<ColumnTimes>;
}

interface Asked extends Pick<Column, "took"> {
  readonly group: Group;
  /** When it was open, by the clock of `performance`. */
  readonly opened: number;
  /** Those that take long. */
  readonly long: Promise<unknown>;
  /** What there is to close. */
  readonly open: AsyncDisposableStack;
  readonly signal: AbortSignal;
}

/** To be called when only those are left that take long. */
export function asked({ group, took, opened, long, open, signal }: Asked): AskedColumn {
  const [{ name: driver, via }, ...others] = group.drivers;
  const shared = others.length > 0 && { others: others.length };
  const asked = performance.now();
  return {
    async finish(machine) {
      let over = asked;
      let closing = asked;
      try {
        await orAborted(signal, long);
      } catch (error) {
        if (!signal.aborted) throw error;
      } finally {
        over = performance.now();
        await machine(() => {
          closing = performance.now();
          return open.disposeAsync();
        });
      }
      const stop = performance.now() - closing;
      return { driver, via, ...shared, ...took, run: asked - opened, rest: over - asked, stop };
    },
  };
}
