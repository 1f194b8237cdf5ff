import { expect, test } from "vitest";
import { nextRunOf } from "../../harness/net/next-run.ts";

/** A task whose runs end when told. */
function told() {
  const runs: PromiseWithResolvers<void>[] = [];
  return {
    runs,
    next: nextRunOf(() => {
      const run = Promise.withResolvers<void>();
      runs.push(run);
      return run.promise;
    }),
  };
}

const turn = () => new Promise(setImmediate);

test("who asks while a run is under way gets the next one, and shares it", async () => {
  const { runs, next } = told();
  const first = next();
  await turn();
  const [second, third] = [next(), next()];
  await turn();
  expect(runs).toHaveLength(1);
  runs[0]?.resolve();
  await first;
  await turn();
  expect(runs).toHaveLength(2);
  runs[1]?.resolve();
  await Promise.all([second, third]);
  expect(runs).toHaveLength(2);
});

test("a run that fails is told to those who asked for it, and keeps nobody else from the next", async () => {
  const { runs, next } = told();
  const first = next();
  await turn();
  const second = next();
  runs[0]?.reject(new Error("the disk is full"));
  await expect(first).rejects.toThrow("the disk is full");
  await turn();
  runs[1]?.resolve();
  await expect(second).resolves.toBeUndefined();
});
