import type { Backend, Fault } from "../../harness/fault.ts";
import type { Grounds } from "../../harness/lab/grounds.ts";
import { openScene } from "../../harness/lab/scene.ts";
import { defaultTimers } from "../../harness/plan.ts";

/** A fault on a stage of its own, without a proxy. */
export interface OneFault extends AsyncDisposable {
  readonly backend: Backend;
  readonly nonce: string;
  arm(): Promise<void>;
  /** Puts an act of the client's on the timeline. */
  note(act: string): void;
  acts(): string[];
  detail(act: string): string | undefined;
  noted(act: string): Promise<void>;
}

export async function openFault(fault: Fault, grounds: Grounds): Promise<OneFault> {
  const scene = await openScene({ upstreams: [fault] }, { grounds, timers: defaultTimers, seed: 1 });
  const [backend] = scene.backends;
  if (!backend) throw new Error("no backend was opened");
  const { timeline, nonce } = scene;
  return {
    backend,
    nonce,
    arm: () => backend.arm(new URL("http://127.0.0.1:1/")),
    note: (act) => timeline.note("client", act),
    acts: () => timeline.notes().map(({ act }) => act),
    detail: (wanted) => timeline.notes().find(({ act }) => act === wanted)?.detail,
    noted: (act) => timeline.noted(act),
    [Symbol.asyncDispose]: () => scene[Symbol.asyncDispose](),
  };
}
