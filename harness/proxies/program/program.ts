import type { Dialect } from "../../dialect.ts";
import type { Route } from "../../driver.ts";
import type { Plan, TimerName } from "../../plan.ts";

/** How a program runs in the foreground with a configuration that was not written for that. */
export interface ForeignConduct {
  /** Such a file's usual name, without its folder. */
  readonly name: RegExp;
  /** Stands in such a file. */
  readonly sign: RegExp;
  /**
   * What it is started with.
   * @param file the configuration, as an absolute path
   * @param folder its own, where it runs and may write
   * @param text what stands in the file
   */
  arguments(file: string, folder: string, text: string): readonly string[];
  /** As in a program. */
  readonly starter?: string;
}

/** A proxy that is a program: all that its two drivers, local and in a container, need to know of it. */
export interface Program {
  /** As on the command line; the folder below `docker/` that makes its image has the same name. */
  readonly name: string;
  /** Looked for on the PATH, and where Debian keeps servers. */
  readonly binary: string;
  /** The command that installs it here. */
  readonly supply: string;
  /** The grain of its clock, in milliseconds. */
  readonly unit: number;
  /** Timers that it lacks, so that nothing bounds such a wait. */
  readonly untimed?: readonly TimerName[];
  readonly dialect: Dialect;
  /** The configuration text, a pure function of the routes. */
  config(routes: readonly Route[]): string;
  /** The configuration's name in the folder in which the program runs. */
  readonly configurationFile: string;
  /** Further files in that folder, or below it, by their names. */
  files?(routes: readonly Route[]): Readonly<Record<string, string>>;
  /** Folders that it wants to find in that folder. */
  readonly folders?: readonly string[];
  /** What it is started with, to stay in the foreground. @param folder in which it runs, as an absolute path */
  arguments(folder: string): readonly string[];
  /** Arguments that make it print its version, and where in the print that stands. */
  readonly version: { readonly arguments: readonly string[]; readonly pattern: RegExp };
  /** Shell text that becomes the program, `$0`, started with `"$@"`; text that starts several of it, say. */
  readonly starter?: string;
  /** Milliseconds from SIGTERM until it is ended by force; a second unless told. */
  readonly grace?: number;
  /** Stands in what it writes once it serves every route. Unset: every port is tried until it accepts. */
  readonly ready?: RegExp;
  /** Without `ready`: that its port accepts does not tell yet that a route is served; this does. */
  serves?(route: Route): Promise<boolean>;
  /** Where routes have processes of their own: how that of one ended, when it has. */
  ended?(index: number, output: readonly string[], route: Route): string | undefined;
  /** Stands among its words about a route whose process is about to end: they are told once it has. */
  readonly lastWords?: RegExp;
  /** Its words about one route. @param output all it has written to its own standard streams */
  said(route: Route, index: number, output: readonly string[]): Promise<readonly string[]>;
  /** How it is started with a configuration of somebody else's. */
  readonly foreign?: ForeignConduct;
  /** Which part of a plan it has no means for: `TLS towards the upstream`. */
  cannot?(plan: Plan): string | undefined;
}
