import { availableParallelism } from "node:os";
import { limiter } from "../net/limiter.ts";
import { orAborted } from "../net/or-aborted.ts";
import type { Stage } from "../stage.ts";
import { isRollCall, type Report, reportIn, rollCall } from "./apps/report.ts";

/** Whoever wants to know what a program reports of one of its sites, or of itself. */
type Listener = Pick<Stage, "note" | "signal">;

/** Milliseconds that a program may take for what it is told; it takes a hundredth. */
const patience = 10_000;

/** A program that we talk to line by line, wherever it runs. */
export interface Program extends AsyncDisposable {
  heard<T>(pick: (line: string) => T | undefined, milliseconds: number, what: string): Promise<T>;
  tell(line: string): void;
}

/** Called with every line once the program is armed. */
export type OnLine = (line: string, report: Report | undefined) => void;

/** A program of ours that reports what happens to it, a JSON object a line. */
export interface Reporting<P extends Program> {
  readonly program: P;
  /** Where it listens for each of the stages. */
  readonly ports: readonly number[];
  /** Tells it to arm itself. From now on what it reports is noted. */
  arm(): void;
  /** Resolves with the detail when it has reported the act, now or in the past; at that site, if told. */
  reported(act: string, site?: number): Promise<string>;
  /** Resolves when all that it has reported so far is noted: an answer may be faster to arrive than the report of it. */
  allNoted(): Promise<void>;
}

/** As many at once as there are cores: more would take the processor from whoever waits for a timer meanwhile. */
const starting = limiter(availableParallelism());

/**
 * Starts a program when its turn comes, and waits until it listens. From then on its life is the caller's to end.
 * @param stages each has a site of its own; what is reported without one is noted on all of them
 */
export function startReporting<P extends Program>(
  stages: readonly [Listener, ...Listener[]],
  start: (onLine: (line: string) => void) => Promise<P>,
  onLine?: OnLine,
): Promise<Reporting<P>> {
  return starting(async () => {
    stages[0].signal.throwIfAborted();
    return startAtOnce(stages, start, onLine);
  });
}

async function startAtOnce<P extends Program>(
  stages: readonly [Listener, ...Listener[]],
  start: (onLine: (line: string) => void) => Promise<P>,
  onLine: OnLine | undefined,
): Promise<Reporting<P>> {
  let armed = false;
  let rollCalls = 0;
  const program = await start((line) => {
    if (!armed) return;
    const report = reportIn(line);
    if (report && !isRollCall(report.act))
      for (const stage of about(stages, report)) stage.note(report.act, report.detail);
    onLine?.(line, report);
  });
  const detailOf = (line: string, act: string, site: number | undefined) => {
    const report = reportIn(line);
    return report?.act === act && (site === undefined || report.site === site) ? report.detail : undefined;
  };
  const reported = (act: string, site?: number) =>
    program.heard((line) => detailOf(line, act, site), patience, `The program did not report “${act}”`);
  try {
    const listening =
      stages.length > 1 ? stages.map((_, site) => reported("listening", site)) : [reported("listening")];
    const ports = (await orAborted(stages[0].signal, Promise.all(listening))).map(Number);
    return {
      program,
      ports,
      reported,
      arm() {
        armed = true;
        program.tell("arm");
      },
      async allNoted() {
        const word = rollCall(++rollCalls);
        program.tell(word);
        await reported(word);
      },
    };
  } catch (error) {
    await program[Symbol.asyncDispose]();
    throw error;
  }
}

/** Whom a report is for. */
function about(stages: readonly Listener[], { site }: Report): readonly Listener[] {
  return site === undefined ? stages : stages.slice(site, site + 1);
}
