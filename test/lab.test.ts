import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Dialect } from "../harness/dialect.ts";
import type { ProxyDriver, RunningProxy } from "../harness/driver.ts";
import type { Fault } from "../harness/fault.ts";
import { answer } from "../harness/faults/content.ts";
import { fin, pause, readRequest, send, silence } from "../harness/faults/steps.ts";
import { healthy, wire } from "../harness/faults/wire.ts";
import type { ColumnTimes } from "../harness/lab/column.ts";
import { run } from "../harness/lab.ts";
import { withDeadline } from "../harness/net/deadline.ts";
import { orAborted } from "../harness/net/or-aborted.ts";
import { defaultTimers } from "../harness/plan.ts";
import gateway from "../harness/proxies/gateway/driver.ts";
import type { NamedScenario } from "../harness/scenario.ts";

const page = {
  title: "One of the lab's own",
  claim: "clean",
  proof: [],
  story: { symptom: "…", why: "…", evidence: ["…"], remedy: "…" },
  spec: ["RFC 9110 §15.3.1"],
} as const;

function scenario(id: string, upstream: Fault): NamedScenario {
  return { ...page, id, upstreams: [upstream] };
}

/** A sound backend that tells when it is opened and closed. */
function telling(name: string, tell: (event: string) => void): Fault {
  return {
    async open(stage) {
      tell(`${name} opened`);
      const backend = await healthy().open(stage);
      return {
        ...backend,
        async [Symbol.asyncDispose]() {
          tell(`${name} closed`);
          await backend[Symbol.asyncDispose]();
        },
      };
    },
  };
}

/** Our gateway under another name, which tells when it is started and when it is gone. */
function driver(name: string, tell: (event: string) => void, changes: Partial<ProxyDriver> = {}): ProxyDriver {
  return {
    ...gateway,
    name,
    ...changes,
    async start(plans, ground): Promise<RunningProxy> {
      const proxy = await gateway.start(plans, ground);
      tell(`${name} started`);
      return {
        ...proxy,
        async [Symbol.asyncDispose]() {
          await proxy[Symbol.asyncDispose]();
          tell(`${name} gone`);
        },
      };
    },
  };
}

const common = { timers: defaultTimers, seed: 1 };

test("a proxy is gone before any of its backends: what is gone must not be connected to", async () => {
  const events: string[] = [];
  const tell = (event: string) => void events.push(event);
  const scenarios = [scenario("lab/a", telling("a", tell)), scenario("lab/b", telling("b", tell))];
  const cells = await run({ ...common, scenarios, drivers: [driver("one", tell)] });
  expect(cells.map(({ verdict }) => verdict.kind)).toEqual(["pass", "pass"]);
  const gone = events.indexOf("one gone");
  expect(events.slice(0, gone).toSorted()).toEqual(["a opened", "b opened", "one started"]);
  expect(events.slice(gone + 1).toSorted()).toEqual(["a closed", "b closed"]);
});

/** A backend that is sound, once it is started, when `wanted` says so. */
function slowly(name: string, wanted: Promise<void>, tell: (event: string) => void): Fault {
  return {
    async open(stage) {
      const backend = await telling(name, tell).open(stage);
      let sound: Promise<void> | undefined;
      const start = () => {
        if (!sound) tell(`${name} starting`);
        sound ??= withDeadline(wanted, 5_000, "nobody was asked meanwhile").then(() => tell(`${name} sound`));
        return sound;
      };
      const arm = async (route: URL) => {
        await start();
        await backend.arm(route);
      };
      return { ...backend, start, arm };
    },
  };
}

/** A sound backend, which opens when others have had the time to do so. */
function openedLate(name: string, tell: (event: string) => void): Fault {
  return {
    async open(stage) {
      await delay(50);
      return telling(name, tell).open(stage);
    },
  };
}

/** The backend, which tells when it is armed, as it is right before it is asked. */
function armed(name: string, tell: (event: string) => void, fault: Fault): Fault {
  return {
    async open(stage) {
      const backend = await fault.open(stage);
      const arm = (route: URL) => {
        tell(`${name} asked`);
        return backend.arm(route);
      };
      return { ...backend, arm };
    },
  };
}

test("what takes a while to be sound is waited for by whoever waits for a timer, and by nobody else", async () => {
  const events: string[] = [];
  const { promise: wanted, resolve: want } = Promise.withResolvers<void>();
  const tell = (event: string) => {
    events.push(event);
    if (event === "prompt asked") setTimeout(want, 50); // long enough for others to be asked, if they may
  };
  const silent = wire(readRequest(), silence());
  const atTimer = { cause: "connection_read_timeout", claim: "own", at: "head" } as const;
  const scenarios = [
    scenario("lab/slowly", slowly("slowly", wanted, tell)),
    { ...scenario("lab/timed", armed("timed", tell, silent)), ...atTimer },
    scenario("lab/prompt", armed("prompt", tell, openedLate("prompt", tell))),
  ];
  const cells = await run({ ...common, scenarios, drivers: [driver("one", tell)] });
  expect(cells.map(({ verdict }) => verdict)).toEqual(Array(3).fill({ kind: "pass", why: [] }));
  expect(events.filter((event) => !/closed$/.test(event))).toEqual([
    "slowly opened",
    "prompt opened",
    "slowly starting", // when all are open; the proxy starts meanwhile
    "one started",
    "prompt asked",
    "slowly sound",
    "timed asked",
    "one gone",
  ]);
});

test("a backend that never gets sound makes its trial void and no other, and is closed", async () => {
  const events: string[] = [];
  const tell = (event: string) => void events.push(event);
  const never = Promise.reject(new Error("no room left"));
  never.catch(() => {});
  const scenarios = [scenario("lab/never", slowly("never", never, tell)), scenario("lab/sound", healthy())];
  const cells = await run({ ...common, scenarios, drivers: [gateway] });
  expect(cells.map(({ scenario: { id }, verdict }) => [id, verdict.kind, verdict.why[0]]).toSorted()).toEqual([
    ["lab/never", "void", "the scene could not be played: no room left"],
    ["lab/sound", "pass", undefined],
  ]);
  expect(events).toEqual(["never opened", "never starting", "never closed"]);
});

test("a proof that comes behind the answer is waited for", async () => {
  const late = wire(readRequest(), send(answer()), pause(100), fin());
  const scenarios = [{ ...scenario("lab/late", late), proof: [{ act: "fin", times: 1 }] } satisfies NamedScenario];
  const cells = await run({ ...common, scenarios, drivers: [gateway] });
  expect(cells.map(({ verdict }) => verdict)).toEqual([{ kind: "pass", why: [] }]);
});

test("a run that is broken off closes the proxy and its backends, and starts no other", async () => {
  const events: string[] = [];
  const tell = (event: string) => void events.push(event);
  const broken = new AbortController();
  const asked: Fault = {
    async open(stage) {
      const backend = await wire(readRequest(), silence()).open(stage);
      void stage.noted("request-read").then(() => broken.abort(new Error("enough")));
      return backend;
    },
  };
  const scenarios = [scenario("lab/a", telling("a", tell)), scenario("lab/b", asked)];
  const drivers = [driver("one", tell), driver("two", tell)];
  await expect(run({ ...common, scenarios, drivers, signal: broken.signal })).rejects.toThrow("enough");
  const count = (event: string) => events.filter((each) => each === event).length;
  expect(count("a closed")).toBe(count("a opened"));
  expect(count("one gone")).toBe(1);
  expect(events).not.toContain("two started");
});

test("a dialect that is wrong breaks the run off, with everything closed", async () => {
  const events: string[] = [];
  const tell = (event: string) => void events.push(event);
  const answersOnce = {
    on: { id: "lab/a" },
    answers: [{ claim: "clean" }],
    reason: "-",
    source: "-",
    versions: "*",
  } as const;
  const asksTwice = { ...scenario("lab/a", telling("a", tell)), asks: [{}, {}] };
  const drivers = [driver("one", tell, { dialect: { rows: [answersOnce] } })];
  await expect(run({ ...common, scenarios: [asksTwice], drivers })).rejects.toThrow(
    "the row about lab/a has 1 answers",
  );
  expect(events).toEqual(["a opened", "one started", "one gone", "a closed"]);
});

/** A machine that lacks nothing for a sound backend, as one learns when `told` says so. */
function lookedFor(told: Promise<void>, tell: (event: string) => void): Fault {
  return {
    ...telling("late", tell),
    async missing() {
      await told;
      return undefined;
    },
  };
}

test("a run that is broken off while its backends open begins no other, ends what waits, and starts no proxy", async () => {
  const events: string[] = [];
  const tell = (event: string) => void events.push(event);
  const broken = new AbortController();
  const { promise: aborted, resolve } = Promise.withResolvers<void>();
  broken.signal.addEventListener("abort", () => resolve());
  const never: Fault = {
    open(stage) {
      setImmediate(() => broken.abort(new Error("enough")));
      return orAborted(stage.signal, new Promise<never>(() => {}));
    },
  };
  const scenarios = [scenario("lab/never", never), scenario("lab/late", lookedFor(aborted, tell))];
  const running = run({ ...common, scenarios, drivers: [driver("one", tell)], signal: broken.signal });
  await expect(running).rejects.toThrow("enough");
  expect(events).toEqual([]);
});

test("of several upstreams one that cannot be opened leaves none of the others open, however late they are", async () => {
  const events: string[] = [];
  const tell = (event: string) => void events.push(event);
  const { promise: failed, resolve } = Promise.withResolvers<void>();
  const failing: Fault = {
    async open() {
      setImmediate(resolve);
      throw new Error("no port is left");
    },
  };
  const late: Fault = {
    async open(stage) {
      await failed;
      return telling("late", tell).open(stage);
    },
  };
  const both = { ...scenario("lab/both", failing), upstreams: [failing, late] };
  const [cell] = await run({ ...common, scenarios: [both], drivers: [driver("one", tell)] });
  expect(cell?.verdict).toEqual({ kind: "void", why: ["the scene could not be set: no port is left"] });
  expect(events).toEqual(["late opened", "late closed"]);
});

test("a need that cannot be looked for spoils its own cell, not the run", async () => {
  const asking: Fault = {
    ...healthy(),
    missing: async () => {
      throw new Error("nobody knows");
    },
  };
  const scenarios = [scenario("lab/asking", asking), scenario("lab/sound", healthy())];
  const cells = await run({ ...common, scenarios, drivers: [driver("one", () => {})] });
  expect(cells.map(({ verdict }) => verdict)).toEqual([
    { kind: "void", why: ["the scene could not be set: nobody knows"] },
    expect.objectContaining({ kind: "pass" }),
  ]);
});

test("words that cannot be read spoil the trial, not the run", async () => {
  const mute: ProxyDriver = {
    ...gateway,
    async start(plans, ground) {
      const said = async (): Promise<never> => Promise.reject(new Error("too many open files"));
      return { ...(await gateway.start(plans, ground)), said };
    },
  };
  const [cell] = await run({ ...common, scenarios: [scenario("lab/sound", healthy())], drivers: [mute] });
  expect(cell?.verdict).toMatchObject({ kind: "void" });
  expect(cell?.trial).toMatchObject({
    said: [],
    spoiled: "the proxy's words could not be read: too many open files",
    exchanges: [{ outcome: "clean" }],
  });
});

test("an error in closing does not hide why the run was broken off", async () => {
  const broken = new AbortController();
  const sticking: Fault = {
    async open(stage) {
      const backend = await wire(readRequest(), silence()).open(stage);
      void stage.noted("request-read").then(() => broken.abort(new Error("enough")));
      return {
        ...backend,
        async [Symbol.asyncDispose]() {
          await backend[Symbol.asyncDispose]();
          throw new Error("it sticks");
        },
      };
    },
  };
  const scenarios = [scenario("lab/sticking", sticking)];
  const running = run({ ...common, scenarios, drivers: [driver("one", () => {})], signal: broken.signal });
  await expect(running).rejects.toMatchObject({ error: { message: "it sticks" }, suppressed: { message: "enough" } });
});

test("a client of which the dialect says that it hangs begins first, and each column tells what it took", async () => {
  const asked: string[] = [];
  const times: ColumnTimes[] = [];
  const silent = (name: string): Fault => ({
    async open(stage) {
      void stage.noted("request-read").then(() => asked.push(name));
      return wire(readRequest(), silence()).open(stage);
    },
  });
  const hangs = { on: { id: "lab/b" }, answers: "hang", reason: "-", source: "-", versions: "*" } as const;
  const cells = await run({
    ...common,
    timers: { ...defaultTimers, head: 0 },
    patience: 700,
    scenarios: [scenario("lab/a", silent("a")), scenario("lab/b", silent("b"))],
    drivers: [driver("one", () => {}, { dialect: { rows: [hangs] } })],
    onColumn: (column) => void times.push(column),
  });
  expect(cells.map(({ scenario, verdict }) => `${scenario.id} ${verdict.kind}`).toSorted()).toEqual([
    "lab/a fail",
    "lab/b pass",
  ]);
  expect(asked).toEqual(["b", "a"]);
  expect(times).toEqual([expect.objectContaining({ driver: "one", via: "embedded" })]);
  expect(times[0]?.run).toBeGreaterThan(650);
});

describe("who waits for a clock", () => {
  /** Tells what it does. */
  const telling = (fault: Fault, acts: Readonly<Record<string, string>>, tell: (event: string) => void): Fault => ({
    ...fault,
    async open(stage) {
      for (const [act, event] of Object.entries(acts)) void stage.noted(act).then(() => tell(event));
      return fault.open(stage);
    },
  });
  const late = (tell: (event: string) => void): NamedScenario => ({
    ...scenario("lab/late", telling(wire(readRequest(), silence()), { "request-read": "late asked" }, tell)),
    cause: "connection_read_timeout",
    claim: "own",
    at: "head",
  });

  test("does not wait for others that have begun and only wait", async () => {
    const { promise: lateAsked, resolve } = Promise.withResolvers<void>();
    const waiting = scenario(
      "lab/waiting",
      wire(readRequest(), () => lateAsked, send(answer())),
    );
    const cells = await run({ ...common, scenarios: [waiting, late(() => resolve())], drivers: [gateway] });
    expect(cells.map(({ verdict }) => verdict.kind)).toEqual(["pass", "pass"]);
  });

  test("waits for those that have a process to themselves", async () => {
    const events: string[] = [];
    const tell = (event: string) => void events.push(event);
    const slow = wire(readRequest(), pause(100), send(answer()));
    const heavy = { ...telling(slow, { answered: "heavy answered" }, tell), openAll: async () => [] };
    await run({ ...common, scenarios: [scenario("lab/heavy", heavy), late(tell)], drivers: [gateway] });
    expect(events).toEqual(["heavy answered", "late asked"]);
  });
});

test("the next driver does not wait for clients that hang; one of which nothing is left is gone before the next starts", async () => {
  const hangs = { on: { id: "lab/a" }, answers: "hang", reason: "-", source: "-", versions: "*" } as const;
  const eventsWith = async (dialect: Dialect, upstream: Fault) => {
    const events: string[] = [];
    const tell = (event: string) => void events.push(event);
    const drivers = ["one", "two"].map((name) => driver(name, tell, { dialect }));
    const timers = { ...defaultTimers, head: 0 };
    const cells = await run({ ...common, timers, patience: 700, scenarios: [scenario("lab/a", upstream)], drivers });
    expect(cells.map(({ verdict }) => verdict.kind)).toEqual(["pass", "pass"]);
    return events;
  };
  const silent = wire(readRequest(), silence());
  const [first, second, ...gone] = await eventsWith({ rows: [hangs] }, silent);
  expect([first, second]).toEqual(["one started", "two started"]);
  expect(gone.toSorted()).toEqual(["one gone", "two gone"]); // each when its own client has lost its patience
  expect(await eventsWith({ rows: [] }, healthy())).toEqual(["one started", "one gone", "two started", "two gone"]);
});

test("a run that is broken off while a client hangs closes everything at once", async () => {
  const events: string[] = [];
  const tell = (event: string) => void events.push(event);
  const broken = new AbortController();
  const hangs = { on: { id: "lab/a" }, answers: "hang", reason: "-", source: "-", versions: "*" } as const;
  const drivers = [
    driver("one", tell, { dialect: { rows: [hangs] } }),
    driver("two", (event) => {
      tell(event);
      if (event === "two started") broken.abort(new Error("enough"));
    }),
  ];
  const options = {
    ...common,
    timers: { ...defaultTimers, head: 0 },
    patience: 600_000,
    drivers,
    signal: broken.signal,
  };
  const scenarios = [scenario("lab/a", wire(readRequest(), silence()))];
  await expect(run({ ...options, scenarios })).rejects.toThrow("enough");
  expect(events.toSorted()).toEqual(["one gone", "one started", "two gone", "two started"]);
});
