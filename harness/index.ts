/** What `import … from "badgateway"` gives: faults, a lab to put a proxy in front of them, and the judge. */
export { type Cause, recommendedStatus } from "./cause.ts";
export type { Backend, Fault } from "./fault.ts";
export { answer, body, chunk, head, join, lastChunk } from "./faults/content.ts";
export * from "./faults/steps.ts";
export { healthy, wire, wireAgain } from "./faults/wire.ts";
export { catalogueFolder, loadScenarios } from "./folder.ts";
export { type Cell, type RunOptions, run } from "./lab.ts";
export { type Lab, type LabOptions, openLab } from "./open-lab.ts";
export type { Claim, Outcome, Tally } from "./outcome.ts";
export { defaultTimers, type Plan, type PlanChange, type TimerName, type Timers } from "./plan.ts";
export { default as gateway } from "./proxies/gateway/driver.ts";
export { withRemedies } from "./remedy.ts";
export type { Ask, NamedScenario, Proof, Remedy, Scenario, Story } from "./scenario.ts";
export type { Exchange, Note, Trial } from "./trial.ts";
export { judge, type Verdict } from "./verdict.ts";
