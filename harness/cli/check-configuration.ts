import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import picomatch from "picomatch";
import type { CheckConfiguration } from "../check/configuration.ts";
import { complaints, configurationShape } from "../check/configuration-shape.ts";
import type { ExpectationSource } from "../check/expected.ts";
import type { Means } from "../check/subject.ts";
import { messageOf } from "../net/message-of.ts";
import type { TimerName, Timers } from "../plan.ts";
import type { NamedScenario } from "../scenario.ts";
import { timerOf } from "./timers.ts";
import { UsageError } from "./usage.ts";

/** What it is called where nobody names it. */
const usual = ["ts", "mts", "js", "mjs", "json"].map((ending) => `badgateway.config.${ending}`);

/** What the owner of a proxy has written down, and where. */
export interface Written {
  /** As it was named; unset when there is none. */
  readonly file?: string;
  readonly configuration: CheckConfiguration;
}

/**
 * Reads the file that is named, or one with a usual name in the working directory.
 * @throws UsageError
 */
export async function loadConfiguration(named: string | undefined): Promise<Written> {
  const file = named ?? (await firstThere(usual));
  if (file === undefined) return { configuration: {} };
  const value = file.endsWith(".json") ? await readJson(file) : await importDefault(file);
  const read = configurationShape.safeParse(value);
  if (read.success) return { file, configuration: read.data };
  throw new UsageError(`${file}: ${complaints(read.error, value).join("; ")}`);
}

async function firstThere(names: readonly string[]): Promise<string | undefined> {
  for (const name of names)
    if (
      await readFile(name).then(
        () => true,
        () => false,
      )
    )
      return name;
  return undefined;
}

/** @throws UsageError when it is not there, or no JSON */
export async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new UsageError(`${file}: wanted a file that can be read; ${inOneLine(error)}`);
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file}: wanted JSON; ${inOneLine(error)}`);
  }
}

async function importDefault(file: string): Promise<unknown> {
  try {
    return (await import(pathToFileURL(resolve(file)).href)).default;
  } catch (error) {
    throw new UsageError(`${file}: wanted a module whose default export is the configuration; ${inOneLine(error)}`);
  }
}

/** What it says of the proxy; timers that were typed count for more. @throws UsageError for a time that is none */
export function meansOf(
  { file, configuration: { timers = {}, means = {} } }: Written,
  typed: Partial<Timers> = {},
): Means {
  const told = Object.entries(timers).map(([name, time]): [TimerName, number] => [
    name as TimerName,
    timerOf(`${file}: timers.${name}`, name as TimerName)(`${time}`),
  ]);
  return { ...means, timers: { ...Object.fromEntries(told), ...typed } };
}

/** What it expects, as a source. */
export function expectationsOf({ file = "", configuration: { expect = [] } }: Written): ExpectationSource {
  const rows = expect.map(({ scenario, cause, outcome, why }) => ({
    on: cause !== undefined ? { cause } : { glob: scenario ?? "" },
    answers: outcome,
    reason: why,
    source: file,
    versions: "*",
  }));
  // Who writes an id means it more than who writes a glob.
  const isId = ({ on }: (typeof rows)[number]) => "glob" in on && !/[*?[{!]/.test(on.glob ?? "");
  return { rows: rows.toSorted((a, b) => Number(isId(b)) - Number(isId(a))) };
}

/**
 * The scenarios without those that are left out.
 * @throws UsageError for a pattern that names no scenario of the catalogue
 */
export function withoutLeftOut(
  scenarios: readonly NamedScenario[],
  catalogue: readonly NamedScenario[],
  { file, configuration: { leaveOut = [], expect = [] } }: Written,
): readonly NamedScenario[] {
  for (const pattern of [...leaveOut, ...expect].flatMap(({ scenario }) => scenario ?? []))
    if (!catalogue.some(({ id }) => picomatch.isMatch(id, pattern)))
      throw new UsageError(`${file}: no scenario is called “${pattern}” (badgateway list scenarios)`);
  return scenarios.filter(({ id }) => !leaveOut.some(({ scenario }) => picomatch.isMatch(id, scenario)));
}

/** For a usual name next to the configuration. */
export function besideConfiguration({ file }: Written, name: string): string {
  return file === undefined ? name : join(file, "..", name);
}

function inOneLine(error: unknown): string {
  return messageOf(error).replaceAll(/\s*\n\s*/g, " ");
}
