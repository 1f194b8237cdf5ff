import { dirname, join } from "node:path";
import type { Route } from "../../driver.ts";
import type { Plan } from "../../plan.ts";

/** A Traffic Server with the routes that it serves. */
export interface Process {
  /** Of its folder, below the one in which all of them are started. */
  readonly name: string;
  readonly routes: readonly Route[];
}

/**
 * What counts for a whole process: its resolver, and whether it leaves names to be resolved to others, as it must where
 * a name stands for several upstreams. And a head of thousands of fields holds the one thread for minutes (each field
 * is compared with all the others, again and again), so that heads of another size are not kept waiting beside it.
 */
export function processes(routes: readonly Route[]): Process[] {
  const groups = Map.groupBy(routes, ({ plan }) => nameOf(plan));
  return [...groups].map(([name, members]) => ({ name, routes: members }));
}

function nameOf({ resolver, headLimit, upstreams }: Plan): string {
  const parts = ["process", headLimit, upstreams.length > 1 ? "several" : "one", resolver ?? "system"];
  return parts.join("-").replaceAll(/[^\w.-]/g, "-");
}

/** Where the process that serves a route has its files. */
export function folderOf({ plan, log }: Route): string {
  return join(dirname(log), nameOf(plan));
}

/**
 * Starts one of each folder; whoever ends says how. Started in the folder that holds them all. One that is held by a
 * head of thousands of fields would take a core from everything else here: it gets what the others leave.
 */
export const starter = `for process in process-*; do
  (nice -n 19 "$0" --run-root="$PWD/$process"; echo "$process ended with exit status $?") &
done
wait`;

/** How the process of a route ended, in the words of the starter. */
export function ended({ plan }: Route, output: readonly string[]): string | undefined {
  const begin = `${nameOf(plan)} ended with `;
  return output.find((line) => line.startsWith(begin))?.slice(begin.length);
}
