import type { Stage, WireRecorder } from "../stage.ts";

/** The stage before the fault is armed: what happens then belongs to the proxy's start, not to the trial. */
export function muted(stage: Stage): Stage {
  return { ...stage, note: () => {}, record: () => ({ sent() {}, received() {} }) };
}

/** A stage on which nothing is noted until the curtain is raised: from then on, also of what began before. */
export function curtained(stage: Stage): { readonly stage: Stage; raise(): void } {
  let raised = false;
  return {
    stage: {
      ...stage,
      note: (act, detail) => void (raised && stage.note(act, detail)),
      record(connection) {
        let recorder: WireRecorder | undefined;
        const begun = () => {
          if (raised) recorder ??= stage.record(connection);
          return recorder;
        };
        return { sent: (bytes) => begun()?.sent(bytes), received: (bytes) => begun()?.received(bytes) };
      },
    },
    raise: () => {
      raised = true;
    },
  };
}
