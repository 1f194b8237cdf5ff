import type { Fault } from "../fault.ts";
import { appProcess } from "./process.ts";
import { provesSilence } from "./silent-probe.ts";

/**
 * The process is stopped: its socket still listens, so the kernel accepts connections and takes what they send,
 * and nobody reads. Notes `frozen`, `probe-accepted`, `probe-unanswered`.
 */
export function frozen(): Fault {
  return appProcess({
    handling: "serve",
    async armed(app) {
      const { child, note } = app;
      child.kill("SIGSTOP");
      note("frozen", `SIGSTOP to process ${child.pid}`);
      return provesSilence(app);
    },
  });
}
