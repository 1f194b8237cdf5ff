import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { inCommon, onceFrom } from "../../harness/faults/in-common.ts";

const nowhere = new URL("http://127.0.0.1:1/");

/** The backends of two sites, and what was done to what stands behind them. */
function pair(arming = async () => {}) {
  const done: string[] = [];
  const backends = inCommon({
    sites: ["a", "b"],
    at: (site) => ({ url: `http://${site}.test:80` }),
    async arm() {
      done.push("armed");
      await arming();
    },
    prove: async (site) => void done.push(`proven at ${site}`),
    close: async () => void done.push("closed"),
  });
  const [a, b] = backends;
  if (!a || !b) throw new RangeError(`wanted two backends, got ${backends.length}`);
  return { a, b, done };
}

describe("what several proxies stand in front of", () => {
  test("is armed once, when all of them are ready, and closed with the last", async () => {
    const { a, b, done } = pair();
    expect([a.url, b.url]).toEqual(["http://a.test:80", "http://b.test:80"]);
    const early = a.arm(nowhere);
    await a.prove?.();
    expect(done).toEqual(["proven at a"]);
    await Promise.all([early, b.arm(nowhere)]);
    expect(done).toEqual(["proven at a", "armed"]);
    await a[Symbol.asyncDispose]();
    await a[Symbol.asyncDispose]();
    expect(done).not.toContain("closed");
    await b[Symbol.asyncDispose]();
    expect(done.at(-1)).toBe("closed");
  });

  test("does not wait for one that has been closed", async () => {
    const { a, b, done } = pair();
    const early = a.arm(nowhere);
    await b[Symbol.asyncDispose]();
    await early;
    expect(done).toEqual(["armed"]);
    await expect(b.arm(nowhere)).rejects.toThrow("has been closed");
  });

  test("fails for everybody when it cannot be armed", async () => {
    const { a, b, done } = pair(async () => Promise.reject(new Error("it is gone")));
    const both = await Promise.allSettled([a.arm(nowhere), b.arm(nowhere)]);
    expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(done).toEqual(["armed"]);
  });
});

describe("what happens when all have asked", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("happens once, with the last of them", () => {
    const act = vi.fn();
    using asked = onceFrom(2, act);
    asked.heard(0);
    asked.heard(0); // again, as a proxy that repeats a request
    expect(act).not.toHaveBeenCalled();
    asked.heard(1);
    asked.heard(0);
    vi.runAllTimers();
    expect(act).toHaveBeenCalledOnce();
  });

  test("happens without those who are overdue", () => {
    const act = vi.fn();
    using asked = onceFrom(3, act);
    asked.heard(0);
    vi.advanceTimersByTime(300);
    asked.heard(1);
    expect(act).not.toHaveBeenCalled();
    vi.advanceTimersByTime(200);
    expect(act).toHaveBeenCalledOnce();
  });

  test("does not happen any more once it is over", () => {
    const act = vi.fn();
    const asked = onceFrom(2, act);
    asked.heard(0);
    asked[Symbol.dispose]();
    asked.heard(1);
    vi.runAllTimers();
    expect(act).not.toHaveBeenCalled();
  });
});
