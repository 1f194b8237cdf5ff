import type { Backend, Fault } from "../fault.ts";
import { type ContainerApp, type ContainerConduct, openContainerApp } from "./container-app.ts";
import { containerMissing } from "./container-site.ts";

/** What becomes of an application in a container. */
export interface ContainerFault extends ContainerConduct {
  /** What we do when it first reports an act. */
  readonly on?: Readonly<Record<string, (app: ContainerApp) => Promise<void>>>;
  /** What we do once it is armed. Returns what proves it when all asks have ended. */
  readonly armed?: (app: ContainerApp) => Promise<Prove> | Prove;
}

/** Awaited. Throws when what was done did not last. */
export type Prove = () => unknown;

/** A real application in a container, and what becomes of it. Notes what it reports once it is armed. */
export function appContainer({ on = {}, armed, ...conduct }: ContainerFault): Fault {
  return {
    missing: containerMissing,
    async open(stage): Promise<Backend> {
      const deeds = new Map<string, Promise<void>>();
      const app = await openContainerApp(stage, conduct, (_line, report) => {
        const deed = report && on[report.act];
        if (!deed || deeds.has(report.act)) return;
        const done = deed(app);
        done.catch(() => {}); // `prove` hears of it
        deeds.set(report.act, done);
      });
      let prove: Prove | undefined;
      return {
        url: `http://${app.host}:${app.port}`,
        async arm() {
          app.arm();
          await app.reported("armed");
          prove = await armed?.(app);
        },
        async prove() {
          await Promise.all(deeds.values());
          await prove?.();
        },
        [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
      };
    },
  };
}
