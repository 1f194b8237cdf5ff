import { randomBytes } from "node:crypto";
import type { Dialect } from "../dialect.ts";
import type { ProxyDriver } from "../driver.ts";
import { expectationOf } from "../expectation.ts";
import { type ColumnOptions, type ColumnTrial, openColumn } from "../lab/column.ts";
import type { Grounds } from "../lab/grounds.ts";
import type { Cell } from "../lab.ts";
import { orAborted } from "../net/or-aborted.ts";
import { defaultTimers } from "../plan.ts";
import type { NamedScenario } from "../scenario.ts";
import type { TrialRecord } from "../service/trials.ts";
import type { Trial } from "../trial.ts";
import { judge, type Verdict } from "../verdict.ts";
import { adapted } from "./adapted.ts";
import { cannot, whyNot } from "./applies.ts";
import { putByPath, recordThrough, whyNotByPath, withBackend } from "./by-path.ts";
import { onOneConnection } from "./on-one-connection.ts";
import { judgeRepeats, repeats } from "./repeats.ts";
import type { Lane, Subject } from "./subject.ts";
import { warning } from "./unconfirmed.ts";
import { untimed } from "./untimed.ts";

export interface ExamineOptions {
  readonly scenarios: readonly NamedScenario[];
  readonly subject: Subject;
  /** As it stands in reports: its lanes are one proxy. */
  readonly shown: ProxyDriver;
  /** Path below which it is asked, without a slash at its end. */
  readonly base: string;
  /** What is expected of it in a scenario. */
  readonly expected: (scenario: NamedScenario) => Dialect;
  readonly grounds: Grounds;
  readonly seed: number;
  readonly patience: number;
  readonly signal: AbortSignal;
  readonly onCell?: (cell: Cell) => void;
}

/**
 * Puts every scenario that applies to a proxy that is not ours: one after the other on each lane, each with the backends
 * sound at first, armed, asked through the proxy, judged.
 * @throws the signal's reason when it is broken off
 */
export async function examine(options: ExamineOptions): Promise<Cell[]> {
  const { scenarios, subject, shown, signal, onCell = () => {} } = options;
  const cells: Cell[] = [];
  const settle = (cell: Cell) => {
    if (signal.aborted) return;
    cells.push(cell);
    onCell(cell);
  };
  const waiting: NamedScenario[] = [];
  for (const scenario of scenarios) {
    const why = (subject.byPath && whyNotByPath(scenario)) ?? whyNot(scenario, subject);
    if (why === undefined) waiting.push(scenario);
    else settle({ scenario, driver: shown, verdict: { kind: "inapplicable", why: [why] } });
  }
  const together = waiting.filter(({ alone }) => !alone);
  const ended = await Promise.allSettled(subject.lanes.map((lane) => through(lane, together, options, settle)));
  for (const lane of ended) if (lane.status === "rejected") throw lane.reason;
  const [first] = subject.lanes;
  if (first)
    await through(
      first,
      waiting.filter(({ alone }) => alone),
      options,
      settle,
    );
  signal.throwIfAborted();
  return cells;
}

/** Takes one scenario after the other off the list. */
async function through(lane: Lane, list: NamedScenario[], options: ExamineOptions, settle: (cell: Cell) => void) {
  for (let scenario = list.shift(); scenario; scenario = list.shift()) {
    options.signal.throwIfAborted();
    settle(await one(scenario, lane, options));
  }
}

async function one(scenario: NamedScenario, { driver, places }: Lane, options: ExamineOptions): Promise<Cell> {
  const { subject, shown, base, expected } = options;
  const nonce = randomBytes(4).toString("hex");
  const page = subject.byPath ? putByPath(scenario, nonce) : scenario;
  const put = adapted(page, subject, base);
  const dialect = expected(scenario);
  const theirs: ProxyDriver = { ...driver, dialect, cannot: (plan) => cannot(plan, subject) };
  const settings: ColumnOptions = {
    ...options,
    scenarios: [put],
    drivers: [theirs],
    timers: { ...defaultTimers, ...subject.means.timers },
    nonce,
    ...(places && { places }),
  };
  await using column = await openColumn({ drivers: [theirs], scenarios: [put] }, settings);
  const [only] = Object.values<readonly ColumnTrial[]>({ ...column.trials }).flat();
  const [cell] = only ? await orAborted(options.signal, only.perform()) : column.settled;
  if (!cell) throw new Error(`${scenario.id} came to nothing`);
  const both =
    subject.byPath && cell.trial
      ? withRecord(cell, cell.trial, await recordThrough(subject.byPath, nonce, options.signal))
      : cell;
  const { trial } = both;
  const judged = trial
    ? onOneConnection(put, trial, untimed(scenario, subject, trial, withRepeats(both, trial)))
    : notStarted(both);
  const verdict = warning(trial ? asStandard(put, driver.unit, trial, judged) : judged);
  const record = trial && { trial: { ...trial, driver: shown.name, via: shown.via } };
  return { scenario: put, driver: shown, dialect, verdict, ...record };
}

/** What is expected and what the standards ask is no departure, wherever it is written too. */
function asStandard(scenario: NamedScenario, unit: number, trial: Trial, verdict: Verdict): Verdict {
  const { departs, ...plain } = verdict;
  if (departs === undefined || verdict.kind !== "pass" || repeats(trial).length > 0) return verdict;
  return judge(scenario, { rows: [] }, unit, trial).kind === "pass" ? plain : verdict;
}

/** Judged again with what the backend has to say. Without that, its mark on what came is proof that it was reached. */
function withRecord(cell: Cell, trial: Trial, record: TrialRecord | string): Cell {
  const { scenario, driver } = cell;
  if (typeof record !== "string") {
    const both = withBackend(trial, record);
    const verdict = judge(scenario, driver.dialect, driver.unit, both);
    return { ...cell, trial: both, verdict };
  }
  const marked = trial.exchanges.every(({ response }) => response?.fromOrigin);
  const verdict = judge({ ...scenario, proof: [] }, driver.dialect, driver.unit, trial);
  if (marked) return { ...cell, verdict };
  return { ...cell, verdict: { kind: "void", why: [`unproven: ${record}`, ...verdict.why] } };
}

/** Whatever came of it: what must not be sent again and was is a failure. */
function withRepeats({ verdict, scenario, driver }: Cell, trial: Trial): Verdict {
  const { admitted } = expectationOf(scenario, driver.dialect, trial.version);
  const complaints = judgeRepeats(trial, admitted);
  if (complaints.length === 0 || verdict.kind === "void") return verdict;
  return { ...verdict, kind: "fail", why: [...complaints, ...verdict.why] };
}

/** A proxy that is not ours and does not serve has not failed the scenario: it was not asked. */
function notStarted({ verdict }: Cell): Verdict {
  return verdict.kind === "fail" ? { ...verdict, kind: "void" } : verdict;
}
