import type { Backend } from "../fault.ts";
import type { OnDemand } from "../net/on-demand.ts";
import type { Stage, Stages } from "../stage.ts";
import { inCommon, onceFrom } from "./in-common.ts";
import type { OnLine } from "./reporting.ts";

/** An application of ours while it runs, in a process or a container of its own. */
export interface App extends AsyncDisposable {
  /** One for each of the stages, in their order. */
  readonly sites: readonly AppSite[];
  /** Closed with the application. */
  readonly attached: DisposableStack;
  /** Notes on every stage what became of it. */
  note(act: string, detail?: string): void;
  arm(): void;
  /** Resolves with the detail when it has reported the act, now or in the past; at that site, if told. */
  reported(act: string, site?: number): Promise<string>;
}

/** Where one stage's proxy meets the application. */
export interface AppSite {
  readonly stage: Stage;
  readonly host: string;
  readonly port: number;
}

/** Awaited. Throws when what was done did not last. */
export type Prove = (site: AppSite) => unknown;

/** What becomes of an application. */
export interface Fate<A extends App> {
  /** What we do when it has reported an act, at every site. */
  readonly on?: Readonly<Record<string, (app: A) => unknown>>;
  /** What we do once it is armed. Returns what proves it at a site when all asks there have ended. */
  readonly armed?: (app: A) => Promise<Prove> | Prove;
}

/** An application that may not have started yet, though it is known where it will listen. */
export interface PlacedApp<A extends App> {
  readonly sites: readonly AppSite[];
  readonly app: OnDemand<A>;
}

/**
 * An application for all stages, and what becomes of it when each of them has asked.
 * @param place is given what has to hear the application's lines once it is armed
 */
export async function appBackends<A extends App>(
  stages: Stages,
  { on = {}, armed }: Fate<A>,
  place: (onLine: OnLine) => Promise<PlacedApp<A>>,
): Promise<readonly Backend[]> {
  const { sites, app } = await place((_line, report) => {
    if (report) deeds.get(report.act)?.heard(report.site ?? 0);
  });
  const done: Promise<unknown>[] = [];
  const begin = (deed: (app: A) => unknown) => {
    const doing = app.start().then(deed);
    doing.catch(() => {}); // `prove` hears of it
    done.push(doing);
  };
  const overdue = new DisposableStack();
  const deeds = new Map(
    Object.entries(on).map(([act, deed]) => [act, overdue.use(onceFrom(stages.length, () => begin(deed)))]),
  );
  let prove: Prove | undefined;
  return inCommon({
    sites,
    start: app.start,
    at: ({ host, port }) => ({ url: `http://${host}:${port}` }),
    async arm() {
      const running = await app.start();
      running.arm();
      await running.reported("armed");
      prove = await armed?.(running);
    },
    async prove(site) {
      await Promise.all(done);
      await prove?.(site);
    },
    async close() {
      overdue.dispose();
      await app[Symbol.asyncDispose]();
    },
  });
}

/** What makes a fault of that which several stages may share. */
export function shareable(openAll: (stages: Stages) => Promise<readonly Backend[]>) {
  return {
    openAll,
    async open(stage: Stage): Promise<Backend> {
      const [backend] = await openAll([stage]);
      if (!backend) throw new RangeError("wanted a backend for the stage, got none");
      return backend;
    },
  };
}
