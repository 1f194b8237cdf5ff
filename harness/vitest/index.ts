/** What `import "badgateway/vitest"` gives: matchers for `expect`, and a suite of scenarios. */
import { expect } from "vitest";
import { startClock } from "./clock.ts";
import * as matchers from "./matchers.ts";

export type { BadgatewayMatchers } from "./augment.ts";
export { type ScenarioSuiteOptions, scenarioSuite } from "./scenario-suite.ts";

startClock();
expect.extend({ ...matchers });
