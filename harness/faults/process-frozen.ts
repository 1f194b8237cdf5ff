import type { Fault } from "../fault.ts";
import { appProcess } from "./process.ts";
import { openSilentProbe, stillSilent } from "./silent-probe.ts";

/**
 * The process is stopped: its socket still listens, so the kernel accepts connections and takes what they send,
 * and nobody reads. Notes `frozen`, `probe-accepted`, `probe-unanswered`.
 */
export function frozen(): Fault {
  return appProcess({
    handling: "serve",
    async armed({ child, stage, port, attached }) {
      child.kill("SIGSTOP");
      stage.note("frozen", `SIGSTOP to process ${child.pid}`);
      const probe = attached.use(await openSilentProbe(stage, port));
      return () => stillSilent(stage, probe);
    },
  });
}
