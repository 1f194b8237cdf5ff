import type { Engine } from "./container-client.ts";
import type { ContainerLabel } from "./container-label.ts";
import { watch } from "./watchdog.ts";

/**
 * The containers that are made under a label, from before the first is asked for: the engine may make one and its answer
 * be lost. Disposing removes them, whatever they are doing; one that cannot be removed is left to the watchdog.
 */
export function labelledContainers(engine: Engine, { filter }: ContainerLabel): AsyncDisposable {
  const unwatch = watch.containers(filter);
  return {
    async [Symbol.asyncDispose]() {
      const left = await engine.listContainers({ all: true, filters: { label: [filter] } });
      await Promise.all(
        left.map(({ Id }) => engine.getContainer(Id).remove({ force: true, v: true }).catch(unlessGone)),
      );
      unwatch();
    },
  };
}

/** What somebody else has removed is removed. */
export function unlessGone(error: unknown): void {
  if (!(error instanceof Error && "statusCode" in error && error.statusCode === 404)) throw error;
}
