import type { Fault } from "../fault.ts";
import { type ContainerEvent, listenForEvent } from "../net/container-event.ts";
import { withDeadline } from "../net/deadline.ts";
import { appContainer } from "./container.ts";
import type { ContainerApp } from "./container-app.ts";
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
    // The container outlives its application until we say so: one that ends at once takes its control group with it,
    // and the engine may be too late to read there why.
    shell: '"$@"; code=$?; read -r word; exit $code',
    on: { handling: async ({ program }) => program.tell("go") },
    async armed(app) {
      const killed = app.attached.use(await listenForEvent(app.program.container.id, "oom"));
      const prove = async () => {
        const hoarded = app.reported("hoarded").then(
          () => true,
          () => false, // it has ended, of which the engine may be later to tell
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

/** The engine hears of the kill and of the end from two sides: what it has not put down with the end may come behind it. */
async function proveKilled(app: ContainerApp, { came }: ContainerEvent): Promise<void> {
  app.program.tell("end");
  const { OOMKilled } = await containerEnded(app);
  if (OOMKilled) {
    app.note("oom-killed", `docker inspect ${nameOf(app)}: State.OOMKilled is true`);
    return;
  }
  await withDeadline(came, patience, "The engine did not tell that the container was killed for its memory");
  app.note("oom-killed", `docker events: container oom ${nameOf(app)}`);
}
