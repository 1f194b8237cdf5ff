import type { Fault } from "../fault.ts";
import type { EngineContainer } from "../net/container-client.ts";
import { appContainer } from "./container.ts";
import { nameOf } from "./container-state.ts";
import { provesSilence } from "./silent-probe.ts";

/**
 * `docker pause`: the freezer stops every process of the container between two instructions, and its sockets stay open.
 * Notes `paused`, `probe-accepted`, `probe-unanswered`.
 */
export function containerPaused(): Fault {
  return appContainer({
    handling: "serve",
    async armed(app) {
      const { program, note } = app;
      await freeze(program.container);
      const { State } = await program.container.inspect();
      if (!State.Paused) throw new Error(`${nameOf(app)}: wanted State.Paused, got ${State.Status}`);
      note("paused", `docker inspect ${nameOf(app)}: State.Paused is true`);
      return provesSilence(app);
    },
  });
}

/** Milliseconds that the freezer may need. */
const patience = 10_000;

/**
 * The kernel's freezer gives up when it does not get hold of every process at once; the engine then lets all of them run
 * on, says `unable to freeze`, and can be asked again.
 */
async function freeze(container: EngineContainer): Promise<void> {
  const end = performance.now() + patience;
  for (;;) {
    try {
      return await container.pause();
    } catch (error) {
      const tooSoon = error instanceof Error && error.message.includes("unable to freeze");
      if (!tooSoon || performance.now() > end) throw error;
    }
  }
}
