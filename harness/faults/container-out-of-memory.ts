import type { Fault } from "../fault.ts";
import { appContainer } from "./container.ts";
import { containerEnded, nameOf } from "./container-state.ts";

export interface ContainerMemory {
  /** What the container may use, in MiB. */
  readonly limit: number;
  /** What the handler keeps before it answers, in MiB. */
  readonly needed: number;
}

/**
 * The handler gathers more than the container may use, and the kernel's out-of-memory killer ends the process. The
 * runtime's own limit is far above, so that it is not the one to give up.
 * Notes `handling`, then `container-exited` and `oom-killed`; or `hoarded` where the container may use enough.
 */
export function containerOutOfMemory({ limit, needed }: ContainerMemory): Fault {
  return appContainer({
    handling: "hoard",
    hoard: needed,
    memory: limit,
    runtime: ["--max-old-space-size=4096"],
    armed: (app) => () =>
      app.reported("hoarded").catch(async () => {
        const { OOMKilled } = await containerEnded(app);
        if (OOMKilled) app.stage.note("oom-killed", `docker inspect ${nameOf(app)}: State.OOMKilled is true`);
      }),
  });
}
