import { loadDrivers } from "../drivers.ts";
import { loadScenarios } from "../folder.ts";
import { label, withRemedies } from "../remedy.ts";
import { proxyNamed } from "../select/proxies.ts";
import type { Trial } from "../trial.ts";
import { judge, type Verdict } from "../verdict.ts";

/**
 * Judges a saved trial again, by the scenario and the dialect that it names.
 * @throws Error when the catalogue or the list of proxies does not have them
 */
export async function judgeTrial(trial: Trial): Promise<Verdict> {
  const [scenarios, drivers] = await Promise.all([loadScenarios(), loadDrivers()]);
  const wanted = label({ id: trial.scenario, ...(trial.remedied && { remedied: true }) });
  const scenario = withRemedies(scenarios).find((each) => label(each) === wanted);
  if (!scenario) throw new Error(`the trial is of ${wanted}, which the catalogue does not have`);
  const driver = proxyNamed(drivers, trial.driver, trial.via);
  return judge(scenario, driver.dialect, driver.unit, trial);
}
