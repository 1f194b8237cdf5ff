import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import type { ProxyDriver } from "../harness/driver.ts";
import type { Backend, Fault } from "../harness/fault.ts";
import { killedWhileHandling } from "../harness/faults/process-killed.ts";
import { healthy } from "../harness/faults/wire.ts";
import { groupsOf } from "../harness/lab/groups.ts";
import { type Cell, run } from "../harness/lab.ts";
import { withDeadline } from "../harness/net/deadline.ts";
import { orAborted } from "../harness/net/or-aborted.ts";
import { defaultTimers } from "../harness/plan.ts";
import gateway from "../harness/proxies/gateway/driver.ts";
import type { NamedScenario } from "../harness/scenario.ts";
import type { Stages } from "../harness/stage.ts";

function scenario(id: string, upstream: Fault, changes: Partial<NamedScenario> = {}): NamedScenario {
  return {
    id,
    title: "One of the lab's own",
    claim: "clean",
    upstreams: [upstream],
    proof: [],
    story: { symptom: "…", why: "…", evidence: ["…"], remedy: "…" },
    spec: ["RFC 9110 §15.3.1"],
    ...changes,
  };
}

const driver = (name: string, changes: Partial<ProxyDriver> = {}): ProxyDriver => ({ ...gateway, name, ...changes });
const common = { timers: defaultTimers, seed: 1 };
const told = (cells: readonly Cell[]) =>
  cells.map(({ scenario, driver, verdict }) => `${scenario.id} ${driver.name} ${verdict.kind}`).toSorted();

/** Sound backends, opened for all in one go, and what was told of that. */
function shared(tell: (event: string) => void = () => {}): Fault {
  return {
    ...healthy(),
    async openAll(stages: Stages): Promise<Backend[]> {
      tell(`opened for ${stages.length}`);
      return Promise.all(
        stages.map(async (stage) => {
          const backend = await healthy().open(stage);
          return {
            ...backend,
            async [Symbol.asyncDispose]() {
              await backend[Symbol.asyncDispose]();
              tell("closed");
            },
          };
        }),
      );
    },
  };
}

test("what can be shared is opened once for all drivers, each of which gets a cell with a trial of its own", async () => {
  const events: string[] = [];
  const cells = await run({
    ...common,
    scenarios: [
      scenario(
        "lab/shared",
        shared((event) => events.push(event)),
      ),
      scenario("lab/own", healthy()),
    ],
    drivers: ["one", "two", "three"].map((name) => driver(name)),
    onColumn: ({ driver, others }) => void events.push(`${driver} and ${others ?? "no"} more`),
  });
  expect(told(cells)).toEqual([
    "lab/own one pass",
    "lab/own three pass",
    "lab/own two pass",
    "lab/shared one pass",
    "lab/shared three pass",
    "lab/shared two pass",
  ]);
  expect(events.filter((event) => event.startsWith("opened"))).toEqual(["opened for 3"]);
  expect(events.filter((event) => event === "closed")).toHaveLength(3);
  expect(events).toContain("one and 2 more");
  const nonces = cells.map(({ trial }) => trial?.connections[0]?.sent.first.match(/X-Origin: (\w+)/)?.[1]);
  expect(new Set(nonces).size).toBe(6);
});

test("the proxies start while what they share gets sound, and nobody is asked before", async () => {
  const events: string[] = [];
  const { promise: wanted, resolve: want } = Promise.withResolvers<void>();
  const starting: ProxyDriver["start"] = async (plans, ground) => {
    const proxy = await gateway.start(plans, ground);
    if (plans.length === 1) setTimeout(want, 50); // long enough for others to be asked, if they may
    return proxy;
  };
  const slowly: Fault = {
    ...healthy(),
    async openAll(stages: Stages): Promise<Backend[]> {
      let sound: Promise<void> | undefined;
      const start = () => {
        sound ??= withDeadline(wanted, 5_000, "nobody was started meanwhile").then(() => void events.push("sound"));
        return sound;
      };
      const backends = await Promise.all(stages.map((stage) => healthy().open(stage)));
      return backends.map((backend) => ({ ...backend, start, arm: (route) => armed(backend, route) }));
    },
  };
  const armed = async (backend: Backend, route: URL) => {
    events.push("asked");
    await backend.arm(route);
  };
  const drivers = ["one", "two"].map((name) => driver(name, { start: starting }));
  const cells = await run({ ...common, scenarios: [scenario("lab/slowly", slowly)], drivers });
  expect(told(cells)).toEqual(["lab/slowly one pass", "lab/slowly two pass"]);
  expect(events).toEqual(["sound", "asked", "asked"]);
});

test("one driver alone shares nothing, and a scenario with one backend that cannot be shared is nobody's in common", () => {
  const both = scenario("lab/both", shared(), { upstreams: [shared(), healthy()] });
  const all = [scenario("lab/shared", shared()), both];
  expect(groupsOf([driver("one")], all)).toEqual([{ drivers: [driver("one")], scenarios: all }]);
  const groups = groupsOf([driver("one"), driver("two")], all);
  expect(groups.map(({ inCommon, scenarios }) => [inCommon ?? false, scenarios.map(({ id }) => id)])).toEqual([
    [false, ["lab/both"]],
    [true, ["lab/shared"]],
    [false, ["lab/both"]],
  ]);
});

test("of many drivers not more share a backend than it has room for", () => {
  const many = Array.from({ length: 50 }, (_, index) => driver(`number ${index}`));
  const groups = groupsOf(many, [scenario("lab/shared", shared())]);
  expect(groups.map(({ drivers }) => drivers.length)).toEqual([24, 24, 2]);
  expect(groups.flatMap(({ drivers }) => drivers)).toEqual(many);
});

test("who is missing, cannot, or does not start keeps nobody else from being asked", async () => {
  const drivers = [
    driver("sound"),
    driver("missing", { missing: async () => "it is not here" }),
    driver("unable", { cannot: () => "upstreams" }),
    driver("failing", { start: async () => Promise.reject(new Error("it does not start")) }),
    driver("also-sound"),
  ];
  // A process is armed when all proxies in front of it are ready.
  const claim = { cause: "connection_terminated", claim: "own" } as const;
  const cells = await run({
    ...common,
    scenarios: [scenario("lab/shared", killedWhileHandling(), { ...claim, proof: [{ act: "child-killed" }] })],
    drivers,
  });
  expect(told(cells)).toEqual([
    "lab/shared also-sound pass",
    "lab/shared failing fail",
    "lab/shared missing skipped",
    "lab/shared sound pass",
    "lab/shared unable inapplicable",
  ]);
});

test("a run that is broken off while something shared opens closes what comes later", async () => {
  const events: string[] = [];
  const broken = new AbortController();
  const slow = shared((event) => void events.push(event));
  const fault: Fault = {
    ...slow,
    async openAll(stages) {
      broken.abort(new Error("enough"));
      await delay(50);
      return (await slow.openAll?.(stages)) ?? [];
    },
  };
  const never: Fault = { ...healthy(), openAll: ([stage]) => orAborted(stage.signal, new Promise<never>(() => {})) };
  const running = run({
    ...common,
    scenarios: [scenario("lab/slow", fault), scenario("lab/never", never)],
    drivers: [driver("one"), driver("two")],
    signal: broken.signal,
  });
  await expect(running).rejects.toThrow("enough");
  expect(events).toEqual(["opened for 2", "closed", "closed"]);
});

test("no more scenarios are asked at once than told", async () => {
  let [now, most] = [0, 0];
  const counted: Fault = {
    ...shared(),
    openAll: (stages) =>
      Promise.all(
        stages.map(async (stage, index) => {
          const backend = await healthy().open(stage);
          const arm = async (route: URL) => {
            if (index === 0) most = Math.max(most, ++now);
            if (index === 0) void stage.noted("answered").then(() => --now);
            await backend.arm(route);
          };
          return { ...backend, arm };
        }),
      ),
  };
  const scenarios = ["a", "b", "c"].map((name) => scenario(`lab/${name}`, counted));
  const drivers = [driver("one"), driver("two")];
  const cells = await run({ ...common, scenarios, drivers, concurrency: 1 });
  expect(cells.every(({ verdict }) => verdict.kind === "pass")).toBe(true);
  expect(most).toBe(1);
});
