import type { Fault } from "../fault.ts";
import { appContainer } from "./container.ts";
import { nameOf } from "./container-state.ts";
import { openSilentProbe, stillSilent } from "./silent-probe.ts";

/**
 * `docker pause`: the freezer stops every process of the container between two instructions, and its sockets stay open.
 * Notes `paused`, `probe-accepted`, `probe-unanswered`.
 */
export function containerPaused(): Fault {
  return appContainer({
    handling: "serve",
    async armed(app) {
      const { stage, port, attached, program } = app;
      await program.container.pause();
      const { State } = await program.container.inspect();
      if (!State.Paused) throw new Error(`${nameOf(app)}: wanted State.Paused, got ${State.Status}`);
      stage.note("paused", `docker inspect ${nameOf(app)}: State.Paused is true`);
      const probe = attached.use(await openSilentProbe(stage, port));
      return () => stillSilent(stage, probe);
    },
  });
}
