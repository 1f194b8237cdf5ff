import type { ProxyDriver } from "../driver.ts";
import type { ProxyName } from "../ids.ts";
import { inOrder } from "../lab/in-order.ts";
import { type Cell, type RunOptions, run } from "../lab.ts";
import { defaultTimers, type Timers } from "../plan.ts";
import { withRemedies } from "../remedy.ts";
import type { NamedScenario } from "../scenario.ts";
import { driverFor } from "./find-proxy.ts";
import { findScenarios, type ScenarioWord } from "./find-scenarios.ts";

export interface RunScenariosOptions extends Pick<RunOptions, "patience" | "concurrency" | "signal" | "onCell"> {
  /** What stands in front: `nginx`, say, or several. */
  readonly proxy: ProxyName | ProxyDriver | readonly (ProxyName | ProxyDriver)[];
  /** Ids and families of the catalogue, and scenarios of your own. Unless told: the whole catalogue. */
  readonly scenarios?: ScenarioWord | NamedScenario | readonly (ScenarioWord | NamedScenario)[];
  /** Milliseconds; what is left out is 300, `total` off. */
  readonly timers?: Partial<Timers>;
  /** Every choice made by chance follows from it; 1 unless told. */
  readonly seed?: number;
  /** Whether a scenario with a remedy is run again with its cause taken away; it is unless told. */
  readonly remedies?: boolean;
}

/**
 * Runs every scenario on every proxy, and judges. The cells come in the order of scenarios and proxies, a remedied run
 * behind its scenario. One that could not be run, or whose fault did not provably happen, says so in its verdict;
 * nothing is thrown for it.
 * @throws Error for a name that nobody has; the signal's reason when the run is broken off
 */
export async function runScenarios(options: RunScenariosOptions): Promise<Cell[]> {
  const settings = await settingsOf(options);
  return inOrder(await run(settings), settings);
}

/** What the names in the options stand for, and what is left out. */
export async function settingsOf({
  proxy,
  scenarios = [],
  remedies = true,
  timers,
  seed = 1,
  ...rest
}: RunScenariosOptions): Promise<RunOptions> {
  const asked = [scenarios].flat();
  const own = asked.filter((each) => typeof each !== "string");
  const words = asked.filter((each) => typeof each === "string");
  const named = asked.length > 0 && words.length === 0 ? [] : await findScenarios(...words);
  const all = [...named, ...own];
  return {
    ...rest,
    scenarios: remedies ? withRemedies(all) : all,
    drivers: await Promise.all([proxy].flat().map(driverFor)),
    timers: { ...defaultTimers, ...timers },
    seed,
  };
}
