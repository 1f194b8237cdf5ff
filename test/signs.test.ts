import { describe, expect, test } from "vitest";
import { loadScenarios } from "../harness/folder.ts";
import { putAsks } from "../harness/lab/asks.ts";
import { calm } from "../harness/lab/calm.ts";
import { type Grounds, openGrounds } from "../harness/lab/grounds.ts";
import { openScene } from "../harness/lab/scene.ts";
import { limiter } from "../harness/net/limiter.ts";
import { defaultTimers } from "../harness/plan.ts";
import type { NamedScenario } from "../harness/scenario.ts";
import type { Ending, Note } from "../harness/trial.ts";

/**
 * Every fault that a bare HTTP client can reach, met without a proxy: what the backend says it did
 * must be what arrives on the wire. Longer than any fault of the catalogue takes to show.
 */
const patience = 3_000;

/** How a conversation may end after the last thing that the backend did. */
const signs: Readonly<Record<string, readonly Ending[]>> = {
  rst: ["rst"],
  fin: ["fin", "whole", "malformed"],
  silent: ["deadline", "whole", "malformed"],
  "not-reading": ["deadline"],
  "probe-refused": ["rst"], // a connection refused is one reset
};

interface Meeting {
  readonly scenario: NamedScenario;
  readonly endings: readonly Ending[];
  readonly notes: readonly Note[];
}

async function meet(scenario: NamedScenario, grounds: Grounds): Promise<Meeting | undefined> {
  await beginning(calm);
  await using scene = await openScene(scenario, { grounds, timers: defaultTimers, seed: 1 });
  const [backend] = scene.backends;
  if (!backend || !/^http:\/\/127\./.test(backend.url)) return undefined;
  const route = new URL(backend.url);
  await backend.arm(route);
  scene.timeline.start();
  const { nonce, timeline } = scene;
  // A proxy with a pool asks the second question on the connection of the first.
  const asks = (scenario.asks ?? [{}]).map((ask) => ({ ...ask, on: "same" as const }));
  const door = { route, note: (act: string, detail?: string) => timeline.note("client", act, detail) };
  const [exchanges = []] = await putAsks(asks, [door], { nonce, patience, timeline });
  await backend.prove?.();
  return { scenario, endings: exchanges.map(({ ending }) => ending), notes: timeline.notes() };
}

const beginning = limiter(1);
await using grounds = await openGrounds();
// Where the proxy checks its upstreams by itself, there is nothing to see without one; in a chain there is one.
const plain = (await loadScenarios()).filter(
  ({ id, upstreams, plan }) => upstreams.length === 1 && !plan?.health && !id.startsWith("chain/"),
);
const meetable: NamedScenario[] = [];
for (const scenario of plain) if (!(await scenario.upstreams[0]?.missing?.())) meetable.push(scenario);
const together = meetable.filter(({ alone }) => !alone);
const met = await Promise.all(together.map((scenario) => meet(scenario, grounds)));
// So many octets at once would keep the others waiting, and they them.
for (const scenario of meetable.filter(({ alone }) => alone)) met.push(await meet(scenario, grounds));
const meetings = met.filter((meeting) => meeting !== undefined);

describe("a fault met without a proxy", () => {
  test("is most of the catalogue", () => {
    expect(meetings.length).toBeGreaterThan(plain.length / 2);
  });

  test.each(meetings.map((meeting) => ({ id: meeting.scenario.id, ...meeting })))(
    "$id",
    ({ scenario, endings, notes }) => {
      const acts = notes.map(({ act }) => act);
      for (const { act } of scenario.proof) expect(acts, "what the scenario takes for its proof").toContain(act);
      const last = notes.findLast(({ act }) => act in signs);
      if (!last) return;
      if (!scenario.asks?.some(({ together }) => together))
        return expect(signs[last.act], JSON.stringify(notes)).toContain(endings.at(-1));
      // Of several that ask at once it is chance who meets what, but not how many do.
      for (const [act, fitting] of Object.entries(signs)) {
        const times = acts.filter((each) => each === act).length;
        const met = endings.filter((ending) => fitting.includes(ending)).length;
        expect(met, `${act}: ${JSON.stringify(notes)}`).toBeGreaterThanOrEqual(times);
      }
    },
  );
});
