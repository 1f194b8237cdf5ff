import type { NamedScenario } from "../scenario.ts";
import { beginScenesInCommon, type Scene, type SceneOptions } from "./scene.ts";

/** Where those meet that share the backends of a scenario: they begin to open when the last one has come. */
export class Meeting {
  readonly #count: number;
  readonly #signal: AbortSignal;
  readonly #come = new Map<NamedScenario, readonly Comer[]>();

  /** @param count how many come for every scenario */
  constructor(count: number, signal: AbortSignal) {
    this.#count = count;
    this.#signal = signal;
    signal.addEventListener("abort", () => this.#breakUp(), { once: true });
  }

  /** @throws what opening throws, or the signal's reason when the run is broken off before all have come */
  readonly begin = async (scenario: NamedScenario, options: SceneOptions): Promise<Scene> => {
    this.#signal.throwIfAborted();
    const scene = Promise.withResolvers<Scene>();
    const come = [...(this.#come.get(scenario) ?? []), { options, scene }];
    this.#come.set(scenario, come);
    if (come.length === this.#count) this.#openAll(scenario, come);
    return scene.promise;
  };

  #openAll(scenario: NamedScenario, come: readonly Comer[]): void {
    beginScenesInCommon(
      scenario,
      come.map((each) => each.options),
    ).then(
      (scenes) => {
        for (const [index, each] of scenes.entries()) come[index]?.scene.resolve(each);
      },
      (error: unknown) => {
        for (const each of come) each.scene.reject(error);
      },
    );
  }

  /** What is being opened is closed by whoever gets it. */
  #breakUp(): void {
    const waiting = [...this.#come.values()].filter((come) => come.length < this.#count);
    for (const { scene } of waiting.flat()) scene.reject(this.#signal.reason);
  }
}

interface Comer {
  readonly options: SceneOptions;
  readonly scene: PromiseWithResolvers<Scene>;
}
