import type { Fault } from "../fault.ts";
import { type ContainerEvent, listenForEvent } from "../net/container-event.ts";
import { withDeadline } from "../net/deadline.ts";
import { appContainer } from "./container.ts";
import type { ContainerApp } from "./container-app.ts";
import { containerEnded, nameOf } from "./container-state.ts";
import { outliving } from "./outliving.ts";

export interface ContainerMemory {
  /** What the container may use, in MiB. */
  readonly limit: number;
  /** What the handler keeps before it answers, in MiB. */
  readonly needed: number;
}

/**
 * The handler gathers more than the container may use, and the kernel's out-of-memory killer ends the process. The
 * runtime's own limit is far above, so that it is not the one to give up.
 * Notes `handling`, then `oom-killed` and `container-exited`; or `hoarded` where the container may use enough.
 */
export function containerOutOfMemory({ limit, needed }: ContainerMemory): Fault {
  return appContainer({
    handling: "hoard",
    hoard: needed,
    memory: limit,
    runtime: ["--max-old-space-size=4096"],
    // A container that ends takes its control group with it, and the engine may be too late to be told there of the kill.
    shell: outliving,
    on: { handling: async ({ program }) => program.tell("go") },
    async armed(app) {
      const killed = app.attached.use(await listenForEvent(app.program.container.id, "oom"));
      const prove = async () => {
        const hoarded = app.reported("hoarded").then(
          () => true,
          () => false, // it has ended for all that, of which the engine may be later to tell
        );
        if (!(await Promise.race([hoarded, killed.came.then(() => false)]))) await proveKilled(app, killed);
      };
      let proven: Promise<void> | undefined;
      return () => {
        proven ??= prove();
        return proven;
      };
    },
  });
}

/** Milliseconds that the engine may take to tell of the kill. */
const patience = 5_000;

async function proveKilled(app: ContainerApp, { came }: ContainerEvent): Promise<void> {
  await withDeadline(came, patience, "The engine did not tell that the container was killed for its memory");
  app.note("oom-killed", `docker events: container oom ${nameOf(app)}`);
  app.program.tell("end");
  await containerEnded(app);
}
