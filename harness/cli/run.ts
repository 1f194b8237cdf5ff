import type { ProxyDriver } from "../driver.ts";
import { loadDrivers } from "../drivers.ts";
import type { ColumnTimes } from "../lab/column.ts";
import { inOrder } from "../lab/in-order.ts";
import { repeat } from "../lab/repeat.ts";
import type { Cell, RunOptions } from "../lab.ts";
import { engineMissing } from "../net/container-engine.ts";
import { defaultTimers, type Timers } from "../plan.ts";
import { withRemedies } from "../remedy.ts";
import type { Absence } from "../report/facts.ts";
import type { FormatName } from "../report/formats.ts";
import { runDocument } from "../report/json.ts";
import { textReport } from "../report/text.ts";
import { textColumns } from "../report/text-columns.ts";
import { textTiming } from "../report/text-timing.ts";
import type { NamedScenario } from "../scenario.ts";
import { selectProxies } from "../select/proxies.ts";
import { selectScenarios } from "../select/scenarios.ts";
import { loadCatalogue } from "./catalogue.ts";
import { exitCodeOf } from "./exit-code-of.ts";
import { interruptible } from "./interruption.ts";
import { openProgress } from "./progress.ts";
import { announcement, real, vendorTimers, withRealTimers } from "./real-timers.ts";
import { beginFacts } from "./run-facts.ts";
import { openSaveFolder, saveRun } from "./save.ts";
import { type Shard, shardOf } from "./shard.ts";
import { terminalView } from "./terminal.ts";
import { UsageError } from "./usage.ts";
import { type Way, waysOf } from "./ways.ts";
import { defaultOut, formatsOf, writeReports } from "./write-reports.ts";

export interface RunCommandOptions {
  /** None: the gateway, and every proxy found on this machine. */
  readonly proxy?: readonly string[];
  /** None: local. */
  readonly via?: readonly string[];
  readonly timers: Timers | typeof real;
  readonly save?: string;
  readonly reporter?: readonly string[];
  /** The folder of the reports. */
  readonly out?: string;
  readonly shard?: Shard;
  readonly json?: true;
  readonly seed: number;
  readonly repeat: number;
  readonly concurrency: number;
  readonly timing?: true;
  readonly catalogue?: string;
}

/**
 * `badgateway run`.
 * @returns the exit code
 * @throws UsageError, before anything has been started
 * @throws Interruption, after everything has been closed
 */
export async function runCommand(words: readonly string[], options: RunCommandOptions): Promise<number> {
  using interruption = interruptible();
  const reports = reportsOf(options);
  const ways = waysOf(options.via ?? ["local"]);
  const [catalogue, everyDriver] = await Promise.all([loadCatalogue(options.catalogue), loadDrivers(options.proxy)]);
  const selected = selectScenarios(catalogue, words);
  const scenarios = withRemedies(options.shard ? shardOf(selected, options.shard) : selected);
  const { drivers: chosen, absent } = await present(
    selectProxies(everyDriver, options.proxy ?? [], ways),
    options,
    ways,
  );
  if (options.save !== undefined) await openSaveFolder(options.save);
  if (reports) await openSaveFolder(reports.out, "--out");

  const drivers = options.timers === real ? withRealTimers(chosen) : chosen;
  if (options.timers === real) process.stderr.write(`${announcement(drivers, scenarios)}\n`);
  const factsOf = beginFacts();
  const timers = options.timers === real ? defaultTimers : options.timers;
  const { seed, repeat: times, concurrency } = options;
  const settings = { timers, seed, concurrency, signal: interruption.signal };
  const columns: ColumnTimes[] = [];
  const placeOf = ({ driver, via }: ColumnTimes) =>
    drivers.findIndex((each) => each.name === driver && each.via === via);
  const onColumn = (column: ColumnTimes) => void columns.push(column);
  const cells = await runWithProgress(scenarios, drivers, { ...settings, onColumn }, times);
  columns.sort((a, b) => placeOf(a) - placeOf(b)); // the one that is left the longest comes last
  const facts = factsOf({ seed, repeat: times, timers, ...vendorTimers(drivers, timers), columns, absent });

  if (options.save !== undefined) await saveRun(options.save, cells, facts);
  const view = terminalView();
  const timing = options.timing && { timing: `${textTiming(cells, view)}\n\n${textColumns(columns, view)}` };
  const text = options.json
    ? JSON.stringify(runDocument(cells, facts))
    : textReport(cells, facts, { ...view, ...timing });
  process.stdout.write(`${text}\n`);
  if (reports) process.stderr.write(await writeReports(reports.names, reports.out, runDocument(cells, facts)));
  return exitCodeOf(cells, absent);
}

function reportsOf({ reporter, out }: RunCommandOptions): { names: readonly FormatName[]; out: string } | undefined {
  if (reporter) return { names: formatsOf("--reporter", reporter), out: out ?? defaultOut };
  if (out === undefined) return undefined;
  throw new UsageError(`--out ${out}: wanted with the reports that go there, as in --reporter html`);
}

/** Whoever names a proxy wants to see its cells, if skipped; of those nobody has named, only what is here takes part. */
async function present(
  selected: readonly ProxyDriver[],
  { proxy = [] }: RunCommandOptions,
  ways: readonly Way[],
): Promise<{ drivers: readonly ProxyDriver[]; absent: Absence[] }> {
  const engine = ways.includes("container") ? await engineMissing() : undefined;
  if (engine !== undefined) throw new UsageError(`--via container: ${engine}`);
  if (proxy.length > 0) return { drivers: selected, absent: [] };
  const looked = await Promise.all(selected.map(async (driver) => ({ driver, missing: await driver.missing() })));
  return {
    drivers: looked.filter(({ missing }) => missing === undefined).map(({ driver }) => driver),
    absent: looked.flatMap(({ driver, missing }) =>
      missing === undefined ? [] : [{ driver: driver.name, via: driver.via, missing }],
    ),
  };
}

type RunSettings = Pick<RunOptions, "timers" | "seed" | "concurrency" | "signal" | "onColumn">;

async function runWithProgress(
  scenarios: readonly NamedScenario[],
  drivers: readonly ProxyDriver[],
  settings: RunSettings,
  times: number,
): Promise<Cell[]> {
  using progress = await openProgress(Array.from({ length: times }, () => scenarios).flat(), drivers);
  const options = {
    ...settings,
    scenarios,
    drivers,
    patience: patienceFor([settings.timers, ...drivers.flatMap(({ timers = [] }) => timers)]),
    onCell: progress.settled,
  };
  return inOrder(await repeat(options, times), options);
}

/** A client that waits ten times as long as any timer cannot be what ends an exchange. */
function patienceFor(timers: readonly Timers[]): number {
  return Math.max(5_000, 10 * Math.max(...timers.flatMap((each) => Object.values(each))));
}
