import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import type { Backend, Fault } from "../fault.ts";
import { type Child, describeExit, startChild } from "../net/child.ts";
import { withDeadline } from "../net/deadline.ts";
import type { Stage } from "../stage.ts";
import type { AppOrder } from "./apps/order.ts";
import { reportIn } from "./apps/report.ts";

/** Milliseconds that the application may take for what it is told; it takes a hundredth. */
const patience = 10_000;

/** Next to this file, as source or compiled. */
const appFile = join(import.meta.dirname, "apps", `express-app${extname(import.meta.filename)}`);

/** What a process is told, what limits it, and what is done to it. */
export interface ProcessFault extends Omit<AppOrder, "host" | "nonce"> {
  /** A shell command that limits what the process may use: `ulimit -n 64`. */
  readonly limit?: string;
  /** Options of the runtime: `--max-old-space-size=32`. */
  readonly runtime?: readonly string[];
  /** Acts to be noted when a line of its output matches. */
  readonly says?: Readonly<Record<string, RegExp>>;
  /** What we do once it is armed. Returns what proves it when all asks have ended. */
  readonly armed?: (app: App) => Promise<Prove> | Prove;
  /** What we do when it reports an act. */
  readonly on?: Readonly<Record<string, (app: App) => Promise<void> | void>>;
}

type Prove = () => Promise<void> | void;

/** The application while it runs. */
export interface App {
  readonly stage: Stage;
  readonly child: Child;
  readonly port: number;
  /** Closed with the application. */
  readonly attached: DisposableStack;
  /** Resolves when it has reported the act. */
  reported(act: string): Promise<void>;
}

/**
 * A real Express application in a process of its own, and what becomes of it.
 * Notes what the application reports once it is armed, and `child-exited` with the code or the signal.
 */
export function appProcess(fault: ProcessFault): Fault {
  return {
    async open(stage): Promise<Backend> {
      const app = await startApp(stage, fault);
      let prove: Prove | undefined;
      return {
        url: `http://${stage.address}:${app.port}`,
        async arm() {
          app.child.tell("arm");
          await app.reported("armed");
          prove = await fault.armed?.(app);
        },
        async prove() {
          await prove?.();
        },
        async [Symbol.asyncDispose]() {
          app.attached.dispose();
          await app.child[Symbol.asyncDispose]();
        },
      };
    },
  };
}

/** Waits, when all asks have ended, for the process to end too, so that how it did stands on the timeline. */
export function provesItsEnd({ child }: App): Prove {
  return async () => void (await withDeadline(child.exited, patience, "The application did not end"));
}

/** Kills it as `kill -9` or the kernel's out-of-memory killer does. Notes `child-killed`. */
export function kill({ child, stage }: App): void {
  stage.note("child-killed", `SIGKILL to process ${child.pid}`);
  child.kill("SIGKILL");
}

async function startApp(stage: Stage, fault: ProcessFault): Promise<App> {
  const { limit = ":", runtime = [], says = {}, on = {}, handling, hoard, openFiles } = fault;
  const order = { host: stage.address, nonce: stage.nonce, handling, hoard, openFiles };
  let running: App | undefined;
  const child = await startChild(
    "/bin/sh",
    [
      "-c",
      `ulimit -c 0; ${limit}; exec "$0" "$@"`, // a core file of a process that dies on purpose helps nobody
      process.execPath,
      ...runtime,
      appFile,
      JSON.stringify(order),
    ],
    {
      cwd: stage.folder,
      env: { NODE_COMPILE_CACHE: join(tmpdir(), "node-compile-cache") }, // halves what a start costs
      grace: 0,
      onLine(line) {
        if (!running) return;
        for (const [act, pattern] of Object.entries(says)) if (pattern.test(line)) stage.note(act, line);
        const report = reportIn(line);
        if (!report) return;
        stage.note(report.act, report.detail);
        void on[report.act]?.(running);
      },
    },
  );
  const detailOf = (wanted: string) =>
    child.heard(
      (line) => {
        const report = reportIn(line);
        return report?.act === wanted ? report.detail : undefined;
      },
      patience,
      `The application did not report “${wanted}”`,
    );
  try {
    const port = Number(await detailOf("listening"));
    void child.exited.then((exit) => stage.note("child-exited", describeExit(exit)));
    running = {
      stage,
      child,
      port,
      attached: new DisposableStack(),
      reported: async (act) => void (await detailOf(act)),
    };
    return running;
  } catch (error) {
    await child[Symbol.asyncDispose]();
    throw error;
  }
}
