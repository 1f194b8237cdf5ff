import type { Dialect } from "../../dialect.ts";
import type { Plan, TimerName } from "../../plan.ts";

/** A proxy that is a package for Node with the few lines that make a program of it. */
export interface NodeProxy {
  /** As on the command line. */
  readonly name: string;
  /** Where its `serve.ts` lies. */
  readonly folder: string;
  /** What the program imports, other than our own dependencies; the version of the first is the proxy's. None: Node's own. */
  readonly packages: readonly string[];
  /** The grain of its clock, in milliseconds. */
  readonly unit: number;
  /** Timers that it lacks, or at whose end the client is left waiting all the same. */
  readonly untimed: readonly TimerName[];
  readonly dialect: Dialect;
  /** Which part of a plan it has no means for. */
  cannot(plan: Plan): string | undefined;
}
