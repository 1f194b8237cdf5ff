import { availableParallelism } from "node:os";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { type Program, startReporting } from "../../harness/faults/reporting.ts";

const stage = (signal = new AbortController().signal) => ({ signal, note: () => {} });

/** Programs that listen when told, and how many have been started. */
function slowPrograms() {
  const begun: PromiseWithResolvers<void>[] = [];
  const start = async (): Promise<Program> => {
    const listening = Promise.withResolvers<void>();
    begun.push(listening);
    return {
      async heard(pick) {
        await listening.promise;
        const picked = pick('{"act":"listening","detail":"8080"}');
        if (picked === undefined) throw new Error("it says no more than that it listens");
        return picked;
      },
      tell: () => {},
      [Symbol.asyncDispose]: async () => {},
    };
  };
  return { begun, start };
}

test("no more programs start at once than there are cores; the next one does when one listens", async () => {
  const cores = availableParallelism();
  const { begun, start } = slowPrograms();
  const all = Array.from({ length: cores + 2 }, () => startReporting([stage()], start));
  await nextTurn();
  expect(begun).toHaveLength(cores);
  begun[0]?.resolve();
  expect((await all[0])?.ports).toEqual([8080]);
  await nextTurn();
  expect(begun).toHaveLength(cores + 1);
  for (let index = 1; index < cores + 2; index++) {
    begun[index]?.resolve();
    await nextTurn();
  }
  await Promise.all(all);
});

test("a program whose turn comes when the run has been broken off is not started", async () => {
  const { begun, start } = slowPrograms();
  await expect(startReporting([stage(AbortSignal.abort(new Error("enough")))], start)).rejects.toThrow("enough");
  expect(begun).toEqual([]);
});
