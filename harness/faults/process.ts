import { extname, join } from "node:path";
import type { Backend, Fault } from "../fault.ts";
import { type Child, describeExit } from "../net/child.ts";
import { compileCache } from "../net/compile-cache.ts";
import { withDeadline } from "../net/deadline.ts";
import type { Stage } from "../stage.ts";
import type { AppOrder } from "./apps/order.ts";
import { startReporter } from "./reporter.ts";

/** Next to this file, as source or compiled. */
const appFile = join(import.meta.dirname, "apps", `app${extname(import.meta.filename)}`);

/** What a process is told, what limits it, and what is done to it. */
export interface ProcessFault extends Omit<AppOrder, "sites"> {
  /** A shell command that limits what the process may use: `ulimit -n 64`. */
  readonly limit?: string;
  /** Options of the runtime: `--max-old-space-size=32`. */
  readonly runtime?: readonly string[];
  /** Acts to be noted when a line of its output matches. */
  readonly says?: Readonly<Record<string, RegExp>>;
  /** What we do when it reports an act. */
  readonly on?: Readonly<Record<string, (app: App) => unknown>>;
  /** What we do once it is armed. Returns what proves it when all asks have ended; its own reports do, unless told. */
  readonly armed?: (app: App) => Promise<Prove> | Prove;
}

/** Awaited. Throws when what was done did not last. */
type Prove = () => unknown;

/** The application while it runs. */
export interface App {
  readonly stage: Stage;
  readonly child: Child;
  readonly port: number;
  /** Closed with the application. */
  readonly attached: DisposableStack;
  /** Resolves when it has reported the act. */
  reported(act: string): Promise<unknown>;
}

/**
 * A real application in a process of its own, and what becomes of it.
 * Notes what the application reports once it is armed, and `child-exited` with the code or the signal.
 */
export function appProcess({ runtime = [], limit, says = {}, on = {}, armed, ...conduct }: ProcessFault): Fault {
  return {
    async open(stage): Promise<Backend> {
      const order: AppOrder = { ...conduct, sites: [{ host: stage.address, port: stage.port, nonce: stage.nonce }] };
      const reporter = await startReporter(stage, [process.execPath, ...runtime, appFile, JSON.stringify(order)], {
        ...(limit && { limit }),
        env: { NODE_COMPILE_CACHE: compileCache },
        onLine(line, report) {
          for (const [act, pattern] of Object.entries(says)) if (pattern.test(line)) stage.note(act, line);
          if (report) void on[report.act]?.(app);
        },
      });
      const { child } = reporter;
      const app: App = { ...reporter, stage, attached: new DisposableStack() };
      void child.exited.then((exit) => stage.note("child-exited", describeExit(exit)));
      let prove: Prove = reporter.allNoted;
      return {
        url: `http://${stage.address}:${app.port}`,
        async arm() {
          reporter.arm();
          await reporter.reported("armed");
          if (armed) prove = await armed(app);
        },
        async prove() {
          await prove();
        },
        async [Symbol.asyncDispose]() {
          app.attached.dispose();
          await child[Symbol.asyncDispose]();
        },
      };
    },
  };
}

/** Waits, when all asks have ended, for the process to end too, so that how it did stands on the timeline. */
export function provesItsEnd({ child }: App): Prove {
  return async () => void (await withDeadline(child.exited, 10_000, "The application did not end"));
}

/** Kills it as `kill -9` or the kernel's out-of-memory killer does. Notes `child-killed`. */
export function kill({ child, stage }: App): void {
  stage.note("child-killed", `SIGKILL to process ${child.pid}`);
  child.kill("SIGKILL");
}
