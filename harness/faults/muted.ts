import type { Stage } from "../stage.ts";

/** The stage before the fault is armed: what happens then belongs to the proxy's start, not to the trial. */
export function muted(stage: Stage): Stage {
  return { ...stage, note: () => {}, record: () => ({ sent() {}, received() {} }) };
}
