import { expect, test } from "vitest";
import { onDemand } from "../../harness/net/on-demand.ts";

function something(events: string[]) {
  return onDemand(async () => {
    events.push("started");
    return { [Symbol.asyncDispose]: async () => void events.push("closed") };
  });
}

test("it starts when it is first wanted, once, and is closed", async () => {
  const events: string[] = [];
  const thing = something(events);
  expect(events).toEqual([]);
  expect(await thing.start()).toBe(await thing.start());
  await thing[Symbol.asyncDispose]();
  expect(events).toEqual(["started", "closed"]);
});

test("what nobody wanted never starts, not even late", async () => {
  const events: string[] = [];
  const thing = something(events);
  await thing[Symbol.asyncDispose]();
  await expect(thing.start()).rejects.toThrow("it has been closed");
  expect(events).toEqual([]);
});

test("closing waits for what is still starting", async () => {
  const events: string[] = [];
  const { promise: ready, resolve } = Promise.withResolvers<void>();
  const thing = onDemand(async () => {
    await ready;
    return { [Symbol.asyncDispose]: async () => void events.push("closed") };
  });
  void thing.start();
  const closed = thing[Symbol.asyncDispose]();
  events.push("ready");
  resolve();
  await closed;
  expect(events).toEqual(["ready", "closed"]);
});

test("whoever wants it hears why it did not start, and closing says no more of it", async () => {
  const thing = onDemand(async (): Promise<AsyncDisposable> => {
    throw new Error("no room left");
  });
  await expect(thing.start()).rejects.toThrow("no room left");
  await expect(thing.start()).rejects.toThrow("no room left");
  await thing[Symbol.asyncDispose]();
});
