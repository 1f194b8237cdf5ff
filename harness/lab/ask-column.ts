import { setTimeout as delay } from "node:timers/promises";
import type { Cell } from "../lab.ts";
import { limiter } from "../net/limiter.ts";
import { calm } from "./calm.ts";
import type { Column } from "./column.ts";

export interface AskColumnOptions {
  /** How many trials are under way at once. */
  readonly concurrency: number;
  /** Milliseconds after which a trial that is still under way is only hanging. */
  readonly hanging: number;
  readonly settle: (cell: Cell) => void;
}

/** How far a column has come. */
export interface Asked {
  /** Nothing is under way any more whose time is measured: at most, clients hang. */
  readonly quiet: Promise<void>;
  /** Every cell is settled. */
  readonly done: Promise<void>;
}

/** Performs the trials of a column: those that may run together, then, in a quiet column, one by one those that may not. */
export function askColumn({ together, alone }: Column, { concurrency, hanging, settle }: AskColumnOptions): Asked {
  const limit = limiter(concurrency);
  const beginning = limiter(1);
  const begun = together.map((trial) => {
    const { promise: quiet, resolve } = Promise.withResolvers<void>();
    const done = limit(async () => {
      await beginning(calm);
      void delay(hanging, undefined, { ref: false }).then(resolve);
      settle(await trial());
    });
    return { done, quiet: Promise.race([quiet, done]) };
  });
  const quiet = Promise.all(begun.map((trial) => trial.quiet)).then(async () => {
    for (const trial of alone) settle(await trial());
  });
  const done = Promise.all([quiet, ...begun.map((trial) => trial.done)]).then(() => {});
  return { quiet, done };
}
