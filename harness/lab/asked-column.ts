import type { ProxyDriver } from "../driver.ts";
import type { Cell } from "../lab.ts";
import { limiter } from "../net/limiter.ts";
import { calm } from "./calm.ts";
import type { Column, ColumnTrial } from "./column.ts";
import type { Group } from "./groups.ts";

/** What a driver's column took, in milliseconds. */
export interface ColumnTimes {
  /** The first one's name, where several share a column. */
  readonly driver: string;
  readonly via: ProxyDriver["via"];
  /** Until every backend was open. */
  readonly backends: number;
  /** Until the proxy was ready. */
  readonly start: number;
  /** Until nothing was under way any more for which the next column has to wait. */
  readonly run: number;
  /** Until the last client was through: others run meanwhile. */
  readonly wait: number;
  /** Until everything was closed. */
  readonly stop: number;
}

export interface AskOptions {
  /** How many trials are under way at once. */
  readonly concurrency: number;
  readonly settle: (cell: Cell) => void;
  /** Called when the column is closed. */
  readonly onColumn: (times: ColumnTimes) => void;
}

/** A column that is being asked: what may run together, then one by one what may not. */
export class AskedColumn {
  /** Nothing is under way any more whose time others could blur. */
  readonly quiet: Promise<void>;
  /** Every cell is settled. */
  readonly done: Promise<void>;
  readonly #driver: ProxyDriver;
  readonly #column: Column;
  readonly #onColumn: AskOptions["onColumn"];
  readonly #began = performance.now();
  #quietAt: number | undefined;
  #doneAt: number | undefined;
  #closed: Promise<void> | undefined;

  constructor({ drivers: [driver] }: Group, column: Column, { concurrency, settle, onColumn }: AskOptions) {
    this.#driver = driver;
    this.#column = column;
    this.#onColumn = onColumn;
    for (const cell of column.settled) settle(cell);
    const outwaited: Promise<void>[] = [];
    const perform = async ({ perform, outwaits }: ColumnTrial): Promise<void> => {
      const settled = perform().then((cells) => cells.forEach(settle));
      if (!outwaits) return settled;
      settled.catch(() => {}); // told when all of them are through
      outwaited.push(settled);
    };
    this.quiet = askAll(column, concurrency, perform).then(() => {
      this.#quietAt = performance.now();
    });
    this.done = this.quiet.then(async () => {
      await Promise.all(outwaited);
      this.#doneAt = performance.now();
    });
    this.done.catch(() => {}); // told to whoever waits for it, which may be later
  }

  isThrough(): boolean {
    return this.#doneAt !== undefined;
  }

  /** Closes everything of it, once. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    const began = performance.now();
    await this.#column[Symbol.asyncDispose]();
    const ended = performance.now();
    const { name: driver, via } = this.#driver;
    const quiet = this.#quietAt ?? began;
    const done = this.#doneAt ?? began;
    const { backends, start } = this.#column.took;
    this.#onColumn({ driver, via, backends, start, run: quiet - this.#began, wait: done - quiet, stop: ended - began });
  }
}

async function askAll(
  { together, alone }: Column,
  concurrency: number,
  perform: (trial: ColumnTrial) => Promise<void>,
): Promise<void> {
  const limit = limiter(concurrency);
  const beginning = limiter(1);
  const begin = async (trial: ColumnTrial) => {
    await beginning(calm);
    await perform(trial);
  };
  await Promise.all(together.map((trial) => limit(() => begin(trial))));
  for (const trial of alone) await perform(trial);
}
