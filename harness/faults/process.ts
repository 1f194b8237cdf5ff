import { extname, join } from "node:path";
import { type Child, describeExit } from "../net/child.ts";
import { compileCache } from "../net/compile-cache.ts";
import { withDeadline } from "../net/deadline.ts";
import { portAt } from "../net/listen.ts";
import { onDemand } from "../net/on-demand.ts";
import type { Stage, Stages } from "../stage.ts";
import { type App, type AppSite, appBackends, type Fate, shareable } from "./app-backends.ts";
import type { AppOrder } from "./apps/order.ts";
import { startReporter } from "./reporter.ts";
import type { OnLine } from "./reporting.ts";

/** Next to this file, as source or compiled. */
const appFile = join(import.meta.dirname, "apps", `app${extname(import.meta.filename)}`);

/** What a process is told, and what limits it. */
export interface ProcessConduct extends Omit<AppOrder, "sites"> {
  /** A shell command that limits what the process may use: `ulimit -n 64`. */
  readonly limit?: string;
  /** Options of the runtime: `--max-old-space-size=32`. */
  readonly runtime?: readonly string[];
  /** Acts to be noted when a line of its output matches. */
  readonly says?: Readonly<Record<string, RegExp>>;
}

/** What is done to a process. Its own reports prove it, unless told. */
export interface ProcessFault extends ProcessConduct, Fate<ProcessApp> {}

/** The application while it runs. */
export interface ProcessApp extends App {
  readonly child: Child;
  /** Resolves when all that it has reported so far is noted. */
  allNoted(): Promise<void>;
}

/**
 * A real application in a process of its own, and what becomes of it.
 * Notes what the application reports once it is armed, and `child-exited` with the code or the signal.
 */
export function appProcess({ on, armed = ({ allNoted }) => allNoted, ...conduct }: ProcessFault) {
  const fate: Fate<ProcessApp> = { ...(on && { on }), armed };
  return shareable((stages) =>
    appBackends(stages, fate, async (onLine) => {
      // Where it will listen is decided here, so that nobody has to wait until it does.
      const sites = await Promise.all(stages.map(siteFor));
      return { sites, app: onDemand(() => openApp(stages, sites, conduct, onLine)) };
    }),
  );
}

async function siteFor(stage: Stage): Promise<AppSite> {
  const { address: host } = stage;
  const port = await portAt(host, stage.port);
  return { stage, host, port };
}

/** Resolves when it listens. */
async function openApp(
  stages: Stages,
  sites: readonly AppSite[],
  { runtime = [], limit, says = {}, ...conduct }: ProcessConduct,
  onLine: OnLine,
): Promise<ProcessApp> {
  const note = (act: string, detail?: string) => {
    for (const stage of stages) stage.note(act, detail);
  };
  const order: AppOrder = {
    ...conduct,
    sites: sites.map(({ stage: { nonce }, host, port }) => ({ host, port, nonce })),
  };
  const reporter = await startReporter(stages, [process.execPath, ...runtime, appFile, JSON.stringify(order)], {
    ...(limit && { limit }),
    env: { NODE_COMPILE_CACHE: compileCache },
    onLine(line, report) {
      for (const [act, pattern] of Object.entries(says)) if (pattern.test(line)) note(act, line);
      onLine(line, report);
    },
  });
  const { child } = reporter;
  void child.exited.then((exit) => note("child-exited", describeExit(exit)));
  const attached = new DisposableStack();
  return {
    ...reporter,
    note,
    attached,
    sites,
    async [Symbol.asyncDispose]() {
      attached.dispose();
      await reporter[Symbol.asyncDispose]();
    },
  };
}

/** Waits, when all asks have ended, for the process to end too, so that how it did stands on the timeline. */
export function provesItsEnd({ child }: ProcessApp) {
  return async () => void (await withDeadline(child.exited, 10_000, "The application did not end"));
}

/** Kills it as `kill -9` or the kernel's out-of-memory killer does. Notes `child-killed`. */
export function kill({ child, note }: ProcessApp): void {
  note("child-killed", `SIGKILL to process ${child.pid}`);
  child.kill("SIGKILL");
}
