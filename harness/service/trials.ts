import type { Grounds } from "../lab/grounds.ts";
import { openScene, type Scene } from "../lab/scene.ts";
import { messageOf } from "../net/message-of.ts";
import type { Timers } from "../plan.ts";
import type { NamedScenario } from "../scenario.ts";
import type { Connection, Note } from "../trial.ts";

/** More than anybody looks at; the oldest goes first. */
const most = 200;

/** What one backend of the service did for whoever named the trial. Plain JSON. */
export interface TrialRecord {
  readonly format: 1;
  readonly trial: string;
  readonly scenario: string;
  readonly timeline: readonly Note[];
  readonly connections: readonly Connection[];
}

/** A fault that is armed, for the requests of one trial. */
export interface Played {
  readonly scenario: NamedScenario;
  readonly scene: Scene;
  /** Where its backend listens. */
  readonly address: URL;
}

export interface TrialsOptions {
  readonly grounds: Grounds;
  readonly seed: number;
}

/** The backends behind the front, one for each trial: opened when it is asked for, kept for its record. */
export class Trials implements AsyncDisposable {
  readonly #options: TrialsOptions;
  readonly #played = new Map<string, Promise<Played>>();

  constructor(options: TrialsOptions) {
    this.#options = options;
  }

  /** The backend of a trial; opened by the first who asks. @throws Error when the fault cannot be brought up here */
  play(scenario: NamedScenario, nonce: string, timers: Timers): Promise<Played> {
    const key = `${nonce} ${scenario.id}`;
    const playing = this.#played.get(key) ?? this.#open(scenario, nonce, timers);
    this.#played.set(key, playing);
    playing.catch(() => this.#played.delete(key));
    const [oldest] = this.#played.keys();
    if (this.#played.size > most && oldest !== undefined) void this.#close(oldest);
    return playing;
  }

  async #open(scenario: NamedScenario, nonce: string, timers: Timers): Promise<Played> {
    const missing = await scenario.upstreams[0]?.missing?.();
    if (missing !== undefined) throw new Error(missing);
    const scene = await openScene(scenario, { ...this.#options, timers, nonce });
    try {
      const address = new URL(scene.backends[0]?.url ?? "");
      await Promise.all(scene.backends.map((backend) => backend.arm(address)));
      scene.timeline.start();
      return { scenario, scene, address };
    } catch (error) {
      await scene[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** What is known of a trial so far, its backend asked for its last proofs first. */
  async record(trial: string): Promise<TrialRecord | undefined> {
    const found = [...this.#played].find(([key]) => key.startsWith(`${trial} `))?.[1];
    if (!found) return undefined;
    const { scene, scenario } = await found;
    await Promise.all(scene.backends.map((backend) => backend.prove?.())).catch((error: unknown) =>
      scene.timeline.note("upstream 1", "unproven", messageOf(error)),
    );
    const connections = scene.wires.records();
    return { format: 1, trial, scenario: scenario.id, timeline: scene.timeline.notes(), connections };
  }

  async #close(key: string): Promise<void> {
    const playing = this.#played.get(key);
    this.#played.delete(key);
    const played = await playing?.catch(() => undefined);
    await played?.scene[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#played.keys()].map((key) => this.#close(key)));
  }
}
