import type { ProxyDriver } from "../driver.ts";
import type { Cell } from "../lab.ts";
import { coloured, plain } from "../report/paint.ts";
import { progressLine, progressPicture } from "../report/progress.ts";
import type { NamedScenario } from "../scenario.ts";

/** Shows how far a run has come. Always on standard error: standard output is for the result alone. */
export interface Progress extends Disposable {
  settled(cell: Cell): void;
}

/** Live on a terminal; in CI, or when the result goes elsewhere, one plain line for each family that is through. */
export async function openProgress(
  scenarios: readonly NamedScenario[],
  drivers: readonly ProxyDriver[],
): Promise<Progress> {
  const { stdout, stderr, env } = process;
  const live = stdout.isTTY && stderr.isTTY && !env.CI && env.TERM !== "dumb";
  return live ? liveProgress(scenarios.length, drivers) : plainProgress(scenarios);
}

/** How often the picture is drawn anew, in milliseconds: the clock in it shows tenths of a second. */
const interval = 100;

async function liveProgress(count: number, drivers: readonly ProxyDriver[]): Promise<Progress> {
  const { createLogUpdate } = await import("log-update");
  const { stderr } = process;
  const log = createLogUpdate(stderr);
  const began = performance.now();
  const cells: Cell[] = [];
  const paint = stderr.hasColors() ? coloured : plain;
  const draw = () => {
    const view = { paint, width: stderr.columns };
    log(progressPicture({ cells, drivers, count, took: performance.now() - began }, view));
  };
  const clock = setInterval(draw, interval);
  draw();
  return {
    settled: (cell) => void cells.push(cell),
    [Symbol.dispose]() {
      clearInterval(clock);
      log.clear();
      log.done();
    },
  };
}

function plainProgress(scenarios: readonly NamedScenario[]): Progress {
  const familyOf = ({ id }: NamedScenario) => id.split("/")[0] ?? id;
  const sizes = Map.groupBy(scenarios, familyOf);
  const columns = new Map<string, Cell[]>();
  return {
    settled(cell) {
      const family = familyOf(cell.scenario);
      const key = `${cell.driver.name} ${cell.driver.via} ${family}`;
      const cells = [...(columns.get(key) ?? []), cell];
      columns.set(key, cells);
      if (cells.length === sizes.get(family)?.length) process.stderr.write(`${progressLine(family, cells)}\n`);
    },
    [Symbol.dispose]() {},
  };
}
