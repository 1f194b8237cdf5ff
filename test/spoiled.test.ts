import { expect, test } from "vitest";
import type { ProxyDriver } from "../harness/driver.ts";
import type { Fault } from "../harness/fault.ts";
import { healthy } from "../harness/faults/wire.ts";
import { run } from "../harness/lab.ts";
import { defaultTimers } from "../harness/plan.ts";
import gateway from "../harness/proxies/gateway/driver.ts";
import type { NamedScenario } from "../harness/scenario.ts";
import { backend } from "./gateway/backend.ts";

// What goes wrong on our side, or with the proxy's process, must never be taken for an answer of the proxy's.

function scenario(id: string, upstream: Fault): NamedScenario {
  const story = { symptom: "…", why: "…", evidence: ["…"], remedy: "…" };
  return { id, title: "One of ours", claim: "clean", proof: [], story, spec: ["RFC 9110"], upstreams: [upstream] };
}

const sound = scenario("spoiled/sound", healthy());
const common = { timers: defaultTimers, seed: 1 };

/** Our gateway under another name, started in a way of its own. */
const driver = (name: string, start: ProxyDriver["start"] = gateway.start): ProxyDriver => ({
  ...gateway,
  name,
  start,
});

/** A sound backend of which one step fails. */
function failing(step: "arm" | "prove", why: string): Fault {
  return {
    async open(stage) {
      const backend = await healthy().open(stage);
      return { ...backend, [step]: async () => Promise.reject(new Error(why)) };
    },
  };
}

test("a proxy that does not start has failed, and the others are asked all the same", async () => {
  const lame = driver("lame", async () => Promise.reject(new Error("no such option: head")));
  const cells = await run({ ...common, scenarios: [sound], drivers: [lame, driver("fit")] });
  expect(cells.map(({ driver, verdict, trial }) => [driver.name, verdict, trial !== undefined])).toEqual([
    ["lame", { kind: "fail", why: ["lame did not start: no such option: head"] }, false],
    ["fit", { kind: "pass", why: [] }, true],
  ]);
});

test.each(["arm", "prove"] as const)(
  "a fault that cannot %s makes its trial void, whatever the client got",
  async (step) => {
    const scenarios = [scenario("spoiled/broken", failing(step, "the port is gone")), sound];
    const cells = await run({ ...common, scenarios, drivers: [driver("fit")] });
    const verdicts = new Map(cells.map(({ scenario, verdict }) => [scenario.id, verdict]));
    expect(verdicts.get("spoiled/broken")).toMatchObject({
      kind: "void",
      why: expect.arrayContaining(["the scene could not be played: the port is gone"]),
    });
    expect(verdicts.get("spoiled/sound")).toMatchObject({ kind: "pass" });
    const { trial } = cells.find(({ scenario }) => scenario.id === "spoiled/broken") ?? {};
    expect(trial?.exchanges.map(({ outcome }) => outcome)).toEqual(step === "prove" ? ["clean"] : []);
  },
);

test.each([
  ["closed without an answer", "died"],
  ["sound", "clean"],
] as const)("of a proxy whose process has ended, a route that is %s gives %s", async (what, outcome) => {
  await using closing = await backend((socket) => socket.end());
  const dead = driver("dead", async (plans, ground) => {
    const proxy = await gateway.start(plans, ground);
    const routes = what === "sound" ? proxy.routes : [new URL(closing.url)];
    return { ...proxy, routes, died: () => "SIGSEGV" };
  });
  const [cell] = await run({ ...common, scenarios: [sound], drivers: [dead] });
  expect(cell?.trial).toMatchObject({ died: "SIGSEGV", exchanges: [{ outcome }] });
});
