import { type Child, startChild } from "../net/child.ts";
import type { Stage } from "../stage.ts";
import { type Report, reportIn } from "./apps/report.ts";

/** Milliseconds that a program may take for what it is told; it takes a hundredth. */
const patience = 10_000;

export interface ReporterOptions {
  /** A shell command that limits what the process may use: `ulimit -n 64`. */
  readonly limit?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called with every line once it is armed. */
  readonly onLine?: (line: string, report: Report | undefined) => void;
}

/** A program of ours that reports what happens to it, a JSON object a line. */
export interface Reporter {
  readonly child: Child;
  /** Where it listens. */
  readonly port: number;
  /** Tells it to arm itself. From now on what it reports is noted. */
  arm(): void;
  /** Resolves with the detail when it has reported the act, now or in the past. */
  reported(act: string): Promise<string>;
}

/** Starts the program and waits until it listens. Its life ends with the child's. */
export async function startReporter(
  stage: Stage,
  command: readonly string[],
  { limit = ":", env = {}, onLine }: ReporterOptions,
): Promise<Reporter> {
  let armed = false;
  // A core file of a process that dies on purpose helps nobody.
  const child = await startChild("/bin/sh", ["-c", `ulimit -c 0; ${limit}; exec "$0" "$@"`, ...command], {
    cwd: stage.folder,
    env,
    grace: 0,
    onLine(line) {
      if (!armed) return;
      const report = reportIn(line);
      if (report) stage.note(report.act, report.detail);
      onLine?.(line, report);
    },
  });
  const detailOf = (line: string, act: string) => {
    const report = reportIn(line);
    return report?.act === act ? report.detail : undefined;
  };
  const reported = (act: string) =>
    child.heard((line) => detailOf(line, act), patience, `The program did not report “${act}”`);
  try {
    const port = Number(await reported("listening"));
    return {
      child,
      port,
      reported,
      arm() {
        armed = true;
        child.tell("arm");
      },
    };
  } catch (error) {
    await child[Symbol.asyncDispose]();
    throw error;
  }
}
