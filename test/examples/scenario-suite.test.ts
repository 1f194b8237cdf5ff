import { scenarioSuite } from "../../harness/vitest/index.ts";

scenarioSuite({
  proxy: "gateway",
  scenarios: ["control", "crash/refused", "slow/never-answers"],
  timers: { head: 200 },
});
