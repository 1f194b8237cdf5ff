import type { Dialect } from "../dialect.ts";
import type { ProxyDriver } from "../driver.ts";
import { expectationOf } from "../expectation.ts";
import { type ColumnOptions, openColumn } from "../lab/column.ts";
import type { Grounds } from "../lab/grounds.ts";
import type { Cell } from "../lab.ts";
import { defaultTimers } from "../plan.ts";
import type { NamedScenario } from "../scenario.ts";
import type { Trial } from "../trial.ts";
import type { Verdict } from "../verdict.ts";
import { adapted } from "./adapted.ts";
import { cannot, whyNot } from "./applies.ts";
import { judgeRepeats } from "./repeats.ts";
import type { Lane, Subject } from "./subject.ts";
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
    const why = whyNot(scenario, subject);
    if (why === undefined) waiting.push(scenario);
    else settle({ scenario, driver: shown, verdict: { kind: "inapplicable", why: [why] } });
  }
  const together = waiting.filter(({ alone }) => !alone);
  await Promise.all(subject.lanes.map((lane) => through(lane, together, options, settle)));
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
  const put = adapted(scenario, subject, base);
  const theirs: ProxyDriver = { ...driver, dialect: expected(scenario), cannot: (plan) => cannot(plan, subject) };
  const settings: ColumnOptions = {
    ...options,
    scenarios: [put],
    drivers: [theirs],
    timers: { ...defaultTimers, ...subject.means.timers },
    ...(places && { places }),
  };
  await using column = await openColumn(theirs, [put], settings);
  const [perform] = [...column.together, ...column.alone];
  const cell = perform ? await perform() : column.settled[0];
  if (!cell) throw new Error(`${scenario.id} came to nothing`);
  const verdict = cell.trial ? untimed(scenario, subject, cell.trial, withRepeats(cell, cell.trial)) : notStarted(cell);
  return { ...cell, verdict, scenario: put, driver: shown };
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
