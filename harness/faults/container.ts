import type { Stages } from "../stage.ts";
import { appBackends, type Fate, shareable } from "./app-backends.ts";
import { type ContainerApp, type ContainerConduct, openContainerApp } from "./container-app.ts";
import { containerMissing } from "./container-site.ts";
import type { OnLine } from "./reporting.ts";

/** What becomes of an application in a container. */
export interface ContainerFault extends ContainerConduct, Fate<ContainerApp> {}

/** A real application in a container, and what becomes of it. Notes what it reports once it is armed. */
export function appContainer({ on, armed, ...conduct }: ContainerFault) {
  const fate: Fate<ContainerApp> = { ...(on && { on }), ...(armed && { armed }) };
  const start = async (stages: Stages, onLine: OnLine) => {
    const app = await openContainerApp(stages, conduct, onLine);
    return { sites: app.sites, listening: Promise.resolve(app) };
  };
  return {
    missing: containerMissing,
    ...shareable((stages) => appBackends(stages, fate, (onLine) => start(stages, onLine))),
  };
}
