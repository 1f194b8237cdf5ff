import { diagnose } from "../diagnose/diagnose.ts";
import { causeOf, type Diagnosis, scenariosOf } from "../diagnose/diagnosis.ts";
import { type Explanation, explain, type Reproduction, reproductionsOf } from "../diagnose/explain.ts";
import type { Knowledge } from "../diagnose/knowledge.ts";
import { loadKnowledge } from "../diagnose/load-knowledge.ts";
import { concrete } from "../diagnose/next-steps.ts";
import { driversSay, type ProxySays, servicesSay } from "../diagnose/proxies-say.ts";
import { targetOf } from "../diagnose/target.ts";
import { loadDrivers } from "../drivers.ts";
import { loadScenarios } from "../folder.ts";
import { messageOf } from "../net/message-of.ts";
import type { NamedScenario } from "../scenario.ts";
import type { DiagnoseCommandOptions } from "./diagnose-command.ts";
import { probeOptions } from "./diagnose-options.ts";
import { diagnosisText } from "./diagnose-text.ts";
import { explanationText } from "./explain-text.ts";
import { interruptible } from "./interruption.ts";
import { terminalView } from "./terminal.ts";
import { exitCode, UsageError } from "./usage.ts";

/** A diagnosis with what follows from it. */
export interface Advice extends Diagnosis {
  readonly cause?: NonNullable<ReturnType<typeof causeOf>>;
  readonly scenarios: readonly Reproduction[];
  readonly proxies: readonly ProxySays[];
}

/** `badgateway diagnose`. @throws UsageError */
export async function diagnoseCommand(url: string | undefined, options: DiagnoseCommandOptions): Promise<number> {
  if (url === undefined && options.log === undefined) {
    throw new UsageError("diagnose: wanted a URL, or --log with a line of a proxy's log; got neither");
  }
  const [scenarios, knowledge] = await Promise.all([loadScenarios(), loadKnowledge()]);
  const log = options.log === undefined ? undefined : explain(options.log, { knowledge, scenarios });
  const advice = url === undefined ? undefined : await adviceOn(url, options, { knowledge, scenarios });
  process.stdout.write(`${options.json ? JSON.stringify(documentOf(advice, log), undefined, 2) : page(advice, log)}\n`);
  const well = (advice === undefined || advice.findings.length === 0) && (log === undefined || log.meanings.length > 0);
  return well ? exitCode.asClaimed : exitCode.notAsClaimed;
}

function documentOf(advice: Advice | undefined, log: Explanation | undefined) {
  return { ...advice, ...(log && { log }) };
}

function page(advice: Advice | undefined, log: Explanation | undefined): string {
  const view = terminalView();
  return [advice && diagnosisText(advice, view), log && explanationText(log, view)].filter(Boolean).join("\n\n");
}

async function adviceOn(
  url: string,
  options: DiagnoseCommandOptions,
  { knowledge, scenarios }: { knowledge: readonly Knowledge[]; scenarios: readonly NamedScenario[] },
): Promise<Advice> {
  const target = readTarget(url);
  using interruption = interruptible();
  const diagnosis = await diagnose(url, { ...(await probeOptions(options)), signal: interruption.signal });
  const ids = scenariosOf(diagnosis);
  const cause = causeOf(diagnosis);
  const scenario = scenarios.find(({ id }) => id === ids[0]);
  const drivers = (await loadDrivers()).filter(({ via }) => via !== "container");
  return {
    ...diagnosis,
    ...(cause && { cause }),
    scenarios: reproductionsOf(ids, scenarios).map((each) => ({
      ...each,
      checks: each.checks.map((check) => concrete(check, target)),
    })),
    proxies: scenario ? [...driversSay(scenario, drivers, knowledge), ...servicesSay(scenario, cause, knowledge)] : [],
  };
}

function readTarget(url: string) {
  try {
    return targetOf(url);
  } catch (error) {
    throw new UsageError(`diagnose: ${messageOf(error)}`);
  }
}
