import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseTimers } from "../../harness/cli/timers.ts";
import { UsageError } from "../../harness/cli/usage.ts";
import { defaultTimers, type TimerName } from "../../harness/plan.ts";

describe("parseTimers", () => {
  test.each([
    ["head=200ms", { head: 200 }],
    ["head=1s,connect=200ms,idle=500", { head: 1000, connect: 200, idle: 500 }],
    ["head=1.5s", { head: 1500 }],
    ["resolve=1, tls=2 ,send=3", { resolve: 1, tls: 2, send: 3 }],
    ["total=0", { total: 0 }],
    ["total=2s", { total: 2000 }],
  ])("%s", (text, told) => {
    expect(parseTimers(text)).toEqual({ ...defaultTimers, ...told });
  });

  test("leaves what is not named as it was", () => {
    const timers = { ...defaultTimers, idle: 7 };
    expect(parseTimers("head=9", timers)).toEqual({ ...timers, head: 9 });
  });

  test.each([
    "",
    "head",
    "head=",
    "head=1m",
    "head=1 s",
    "head=1s2",
    "head=1=2",
    "head=NaN",
    "head=Infinity",
    "head=0",
    "head=1e3",
    "head=2147483648",
    "head=1s,",
    "head=1s,head=2s",
    "toString=1",
    "Head=1",
  ])("refuses “%s”", (text) => {
    expect(() => parseTimers(text)).toThrow(UsageError);
  });

  test("reads every time that it can be told, in either unit", () => {
    const name = fc.constantFrom(...(Object.keys(defaultTimers) as TimerName[]));
    fc.assert(
      fc.property(name, fc.integer({ min: 1, max: 2_000_000 }), fc.boolean(), (timer, time, seconds) => {
        const told = parseTimers(`${timer}=${time}${seconds ? "s" : "ms"}`);
        expect(told[timer]).toBe(seconds ? time * 1000 : time);
      }),
      { seed: 1 },
    );
  });
});
