import { onDemand } from "../net/on-demand.ts";
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
  const place = async (stages: Stages, onLine: OnLine) => {
    const app = onDemand(() => openContainerApp(stages, conduct, onLine));
    const { sites } = await app.start(); // it is the container that tells where
    return { sites, app };
  };
  return {
    missing: containerMissing,
    ...shareable((stages) => appBackends(stages, fate, (onLine) => place(stages, onLine))),
  };
}
