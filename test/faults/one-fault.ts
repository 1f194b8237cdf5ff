import type { Backend, Fault } from "../../harness/fault.ts";
import type { Grounds } from "../../harness/lab/grounds.ts";
import { beginScenesInCommon, openScene, type Scene } from "../../harness/lab/scene.ts";
import { withDeadline } from "../../harness/net/deadline.ts";
import { defaultTimers } from "../../harness/plan.ts";
import type { Connection, Note } from "../../harness/trial.ts";

/** A fault on a stage of its own, without a proxy. */
export interface OneFault extends AsyncDisposable {
  readonly backend: Backend;
  readonly nonce: string;
  readonly notes: readonly Note[];
  readonly connections: readonly Connection[];
  /** @param route where a proxy would have it; nowhere unless told */
  arm(route?: URL): Promise<void>;
  /** The fault's last own proof. @throws Error when it cannot be given */
  prove(): Promise<void>;
  /** Puts an act of the client's on the timeline: `answered`, say. */
  note(act: string): void;
  acts(): string[];
  detail(act: string): string | undefined;
  noted(act: string, times?: number): Promise<void>;
}

const nowhere = new URL("http://127.0.0.1:1/");

export async function openFault(fault: Fault | undefined, grounds: Grounds, seed = 1): Promise<OneFault> {
  if (!fault) throw new Error("there is no fault to open");
  return oneFault(await openScene({ upstreams: [fault] }, { grounds, timers: defaultTimers, seed }));
}

/** A fault that two stages share. */
export async function openShared(fault: Fault, grounds: Grounds): Promise<readonly [OneFault, OneFault]> {
  const options = { grounds, timers: defaultTimers, seed: 1 };
  const [one, other] = (await beginScenesInCommon({ upstreams: [fault] }, [options, options])).map(oneFault);
  if (!one || !other) throw new Error("not every stage got a scene");
  return [one, other];
}

function oneFault(scene: Scene): OneFault {
  const [backend] = scene.backends;
  if (!backend) throw new Error("no backend was opened");
  const { timeline, nonce } = scene;
  return {
    backend,
    nonce,
    get notes() {
      return timeline.notes();
    },
    get connections() {
      return scene.wires.records();
    },
    arm: (route = nowhere) => backend.arm(route),
    prove: async () => backend.prove?.(),
    note: (act) => timeline.note("client", act),
    acts: () => timeline.notes().map(({ act }) => act),
    detail: (wanted) => timeline.notes().find(({ act }) => act === wanted)?.detail,
    noted: (act, times) => withDeadline(timeline.noted(act, times), 15_000, `“${act}” was not noted`),
    [Symbol.asyncDispose]: () => scene[Symbol.asyncDispose](),
  };
}
