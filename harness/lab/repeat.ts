import { type Cell, type RunOptions, run } from "../lab.ts";

/**
 * Runs everything several times, with fresh backends and proxies each time. The seed of the first run is the one told,
 * of each further one the next number, so that any of them can be had again alone.
 * @param times at least 1
 * @returns the cells of all runs, one run behind the other
 */
export async function repeat(options: RunOptions, times: number): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (let turn = 0; turn < times; turn++) cells.push(...(await run({ ...options, seed: options.seed + turn })));
  return cells;
}
