import type { ProxyDriver } from "../driver.ts";
import type { NamedScenario } from "../scenario.ts";
import type { Trial } from "../trial.ts";
import type { Verdict } from "../verdict.ts";
import type { Origin } from "./facts.ts";

/** What a report needs of one scenario on one proxy: a cell of the lab has it, and so has one read back from a saved run. */
export interface ReportCell {
  readonly scenario: Pick<NamedScenario, "id" | "title" | "remedied" | "racy">;
  /** Cells of one column share it. */
  readonly driver: Pick<ProxyDriver, "name" | "via">;
  readonly verdict: Verdict;
  readonly trial?: Trial;
  /** What it is had again with, where it stands among cells of other runs. */
  readonly origin?: Origin;
}
