import { availableParallelism } from "node:os";
import { limiter } from "../net/limiter.ts";
import { orAborted } from "../net/or-aborted.ts";
import type { Stage } from "../stage.ts";
import { isRollCall, type Report, reportIn, rollCall } from "./apps/report.ts";

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
  /** Where it listens. */
  readonly port: number;
  /** Tells it to arm itself. From now on what it reports is noted. */
  arm(): void;
  /** Resolves with the detail when it has reported the act, now or in the past. */
  reported(act: string): Promise<string>;
  /** Resolves when all that it has reported so far is noted: an answer may be faster to arrive than the report of it. */
  allNoted(): Promise<void>;
}

/** As many at once as there are cores: more would take the processor from whoever waits for a timer meanwhile. */
const starting = limiter(availableParallelism());

/** Starts a program when its turn comes, and waits until it listens. From then on its life is the caller's to end. */
export function startReporting<P extends Program>(
  stage: Pick<Stage, "note" | "signal">,
  start: (onLine: (line: string) => void) => Promise<P>,
  onLine?: OnLine,
): Promise<Reporting<P>> {
  return starting(async () => {
    stage.signal.throwIfAborted();
    return startAtOnce(stage, start, onLine);
  });
}

async function startAtOnce<P extends Program>(
  stage: Pick<Stage, "note" | "signal">,
  start: (onLine: (line: string) => void) => Promise<P>,
  onLine: OnLine | undefined,
): Promise<Reporting<P>> {
  let armed = false;
  let rollCalls = 0;
  const program = await start((line) => {
    if (!armed) return;
    const report = reportIn(line);
    if (report && !isRollCall(report.act)) stage.note(report.act, report.detail);
    onLine?.(line, report);
  });
  const detailOf = (line: string, act: string) => {
    const report = reportIn(line);
    return report?.act === act ? report.detail : undefined;
  };
  const reported = (act: string) =>
    program.heard((line) => detailOf(line, act), patience, `The program did not report “${act}”`);
  try {
    const port = Number(await orAborted(stage.signal, reported("listening")));
    return {
      program,
      port,
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
