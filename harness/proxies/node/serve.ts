import type { Server } from "node:http";
import type { Route } from "../../driver.ts";
import type { Plan } from "../../plan.ts";

/**
 * What the `serve.ts` of a Node proxy has for its default export: the program that a reader of the package's README
 * would write, for one route. It does not listen yet.
 * @param log takes what such a program would print
 */
export type Serve = (plan: Plan, log: Log) => Server | Promise<Server>;

export type Log = (words: string) => void;

/** What the process that serves routes is told, as a JSON file. */
export interface Orders {
  /** The URL of the module whose default export is a `Serve`. */
  readonly program: string;
  readonly routes: readonly Route[];
}
