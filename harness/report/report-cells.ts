import type { ProxyDriver } from "../driver.ts";
import type { CellRecord, RunDocument } from "./json.ts";
import type { ReportCell } from "./report-cell.ts";

/** The cells of a run that was read back, for what shows cells of the lab too. */
export function reportCells({ cells, scenarios }: RunDocument): ReportCell[] {
  const racy = new Map(scenarios.map((scenario) => [scenario.id, scenario.racy]));
  const drivers = new Map<string, Pick<ProxyDriver, "name" | "via">>();
  const driverOf = ({ driver: name, via }: CellRecord) => {
    const driver = drivers.get(`${name} ${via}`) ?? { name, via };
    drivers.set(`${name} ${via}`, driver);
    return driver;
  };
  return cells.map((cell) => {
    const why = cell.remedied ? undefined : racy.get(cell.scenario);
    return {
      scenario: {
        id: cell.scenario,
        title: cell.title,
        ...(cell.remedied && { remedied: true }),
        ...(why !== undefined && { racy: why }),
      },
      driver: driverOf(cell),
      verdict: cell.verdict,
      ...(cell.trial && { trial: cell.trial }),
      ...(cell.origin && { origin: cell.origin }),
    };
  });
}
