/** What `import … from "badgateway"` gives: faults, a lab to put a proxy in front of them, a gateway, and the judge. */
export { type Cause, recommendedStatus } from "./cause.ts";
export type { CheckConfiguration } from "./check/configuration.ts";
export type { ProxyDriver } from "./driver.ts";
export type { Backend, Fault } from "./fault.ts";
export { blackHole } from "./faults/black-hole.ts";
export {
  type Certificate,
  issued,
  issuedByIntermediate,
  issuedByStranger,
  selfIssued,
  soundCertificate,
} from "./faults/certificate.ts";
export { answer, body, chunk, head, join, lastChunk } from "./faults/content.ts";
export { dns } from "./faults/dns.ts";
export { failsWith, noAddress, noReply, resolvesTo } from "./faults/dns-script.ts";
export { during, type Stretch } from "./faults/during.ts";
export { healthyOnce } from "./faults/healthy-once.ts";
export { inTurn } from "./faults/in-turn.ts";
export { loop } from "./faults/loop.ts";
export { diesMidBody } from "./faults/process-dies-mid-body.ts";
export { frozen } from "./faults/process-frozen.ts";
export { killedWhileHandling } from "./faults/process-killed.ts";
export { throwsInCallback } from "./faults/process-throws.ts";
export { deadFromTheStart, refused } from "./faults/refused.ts";
export { restarting } from "./faults/restarting.ts";
export { type Rate, sometimes } from "./faults/sometimes.ts";
export * from "./faults/steps.ts";
export { type Hopping, through } from "./faults/through.ts";
export { belowTls, tls } from "./faults/tls.ts";
export { healthy, wire, wireAgain } from "./faults/wire.ts";
export { catalogueFolder, loadScenarios } from "./folder.ts";
export type { AccessRecord } from "./gateway/access-record.ts";
export type { Gateway } from "./gateway/gateway.ts";
export type { Profile } from "./gateway/profile.ts";
export { answerOf, type ResolvedAnswer } from "./gateway/profile-answer.ts";
export { loadProfiles, profileNamed } from "./gateway/profile-catalogue.ts";
export type { ProxyName, ScenarioId } from "./ids.ts";
export { repeat } from "./lab/repeat.ts";
export { type Cell, type RunOptions, run } from "./lab.ts";
export { findProxy, type ProxyChoice } from "./library/find-proxy.ts";
export { type Family, findScenario, findScenarios, type ScenarioWord } from "./library/find-scenarios.ts";
export { judgeTrial } from "./library/judge-trial.ts";
export { type OpenLabOptions, openLab } from "./library/open-lab.ts";
export { type RunScenariosOptions, runScenarios } from "./library/run-scenarios.ts";
export { type StartedFault, type StartFaultOptions, startFault } from "./library/start-fault.ts";
export { type StartGatewayOptions, startGateway } from "./library/start-gateway.ts";
export type { Lab, Question } from "./open-lab.ts";
export type { Claim, Outcome, Tally } from "./outcome.ts";
export { defaultTimers, type Plan, type PlanChange, type TimerName, type Timers } from "./plan.ts";
export { default as gateway } from "./proxies/gateway/driver.ts";
export { withRemedies } from "./remedy.ts";
export type { Ask, NamedScenario, Proof, Remedy, Scenario, Story } from "./scenario.ts";
export type { Exchange, Note, Trial } from "./trial.ts";
export { judge, type Verdict } from "./verdict.ts";
