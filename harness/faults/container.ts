import type { Fault } from "../fault.ts";
import type { Stages } from "../stage.ts";
import { type AppSite, type ContainerApp, type ContainerConduct, openContainerApp } from "./container-app.ts";
import { containerMissing } from "./container-site.ts";
import { inCommon, onceFrom } from "./in-common.ts";

/** What becomes of an application in a container. */
export interface ContainerFault extends ContainerConduct {
  /** What we do when it has reported an act, of every proxy in front of it. */
  readonly on?: Readonly<Record<string, (app: ContainerApp) => Promise<void>>>;
  /** What we do once it is armed. Returns what proves it at a site when all asks there have ended. */
  readonly armed?: (app: ContainerApp) => Promise<Prove> | Prove;
}

/** Awaited. Throws when what was done did not last. */
export type Prove = (site: AppSite) => unknown;

/** A real application in a container, and what becomes of it. Notes what it reports once it is armed. */
export function appContainer(fault: ContainerFault): SharedFault {
  return sharedContainer((stages) => openBackends(stages, fault));
}

/** One that a stage has to itself, or several share. */
type SharedFault = Required<Pick<Fault, "missing" | "open" | "openAll">>;

export function sharedContainer(openAll: SharedFault["openAll"]): SharedFault {
  return {
    missing: containerMissing,
    openAll,
    async open(stage) {
      const [backend] = await openAll([stage]);
      if (!backend) throw new RangeError("wanted a backend for the stage, got none");
      return backend;
    },
  };
}

async function openBackends(stages: Stages, { on = {}, armed, ...conduct }: ContainerFault) {
  const app = await openContainerApp(stages, conduct, (_line, report) => {
    if (report) deeds.get(report.act)?.heard(report.site ?? 0);
  });
  const done: Promise<void>[] = [];
  const begin = (deed: (app: ContainerApp) => Promise<void>) => {
    const doing = deed(app);
    doing.catch(() => {}); // `prove` hears of it
    done.push(doing);
  };
  const deeds = new Map(
    Object.entries(on).map(([act, deed]) => [act, app.attached.use(onceFrom(stages.length, () => begin(deed)))]),
  );
  let prove: Prove | undefined;
  return inCommon({
    sites: app.sites,
    at: ({ host, port }) => ({ url: `http://${host}:${port}` }),
    async arm() {
      app.arm();
      await app.reported("armed");
      prove = await armed?.(app);
    },
    async prove(site) {
      await Promise.all(done);
      await prove?.(site);
    },
    close: () => app[Symbol.asyncDispose](),
  });
}
