import { describe, expect, test } from "vitest";
import { causeOf, scenariosOf } from "../../harness/diagnose/diagnosis.ts";
import { signs } from "../../harness/diagnose/signs.ts";
import { loadScenarios } from "../../harness/folder.ts";
import { openGrounds } from "../../harness/lab/grounds.ts";
import { type Ask, causesOf, type NamedScenario } from "../../harness/scenario.ts";
import { type Examined, examine } from "./own-faults.ts";

/** Faults that cannot be seen by looking at an upstream once, and why. */
const inapplicable: Readonly<Record<string, string>> = {
  "config/loop": "there is no proxy that the upstream could lead back to",
  "config/no-upstream": "there is no upstream",
  "exhaustion/connection-limit": "shows only when several connect at once",
  "exhaustion/proxy-pool": "the limit is the proxy's own",
  "pool/all-unhealthy": "that all are left out is the state of a proxy's checks",
  "pool/flapping": "comes and goes: well at the moment of looking",
  "pool/rolling-restart": "comes and goes: well at the moment of looking",
  "pool/sick-but-answering": "that it is left out is the state of a proxy's checks",
};

/**
 * Containers are started one by one, and are the lab's own subject; what they do to a socket the others do too. Down a
 * chain the upstream is a further proxy, which is well and answers in the fault's place.
 */
const leftOut = (id: string) => id.startsWith("container/") || id.startsWith("chain/");

/** What a proxy relays, or gets round, and one upstream alone fails at, and why. */
const fails: Readonly<Record<string, string>> = {
  "pool/one-of-two-dead-retried": "the proxy tries the other upstream",
  "pool/connect-failure-repeats-post": "the proxy tries the other upstream",
};

/** Those to which a sign belongs alone. */
const unmistakable = new Map<string, string>(
  Object.entries(signs).flatMap(([sign, ids]) => (ids.length === 1 ? [[sign, ids[0]] as const] : [])),
);

/** What a person would ask in its place: the request that fails in the scenario. The last one, unless told. */
const asked: Readonly<Record<string, Ask>> = {
  "crash/stale-keep-alive-post": {}, // a POST is not sent twice, and a GET meets the same
  "slow/busy-process": { path: "/report" }, // the one beside it only waits its turn
  "crash/restarting": {},
  "pool/slow-start": {},
};

const grounds = await openGrounds();
const scenarios = (await loadScenarios()).filter(({ id }) => !leftOut(id));
const applicable = scenarios.filter(({ id }) => !Object.hasOwn(inapplicable, id));
const lacking = new Map<string, string>();
for (const scenario of applicable) {
  const lack = (await Promise.all(scenario.upstreams.map((fault) => fault.missing?.()))).find(Boolean);
  if (lack) lacking.set(scenario.id, lack);
}
const meetable = applicable.filter(({ id }) => !lacking.has(id));
const look = (scenario: NamedScenario): Promise<Examined> =>
  examine(scenario, grounds, asked[scenario.id] ?? scenario.asks?.at(-1) ?? {});
const examined = await Promise.all(meetable.filter(({ alone }) => !alone).map(look));
for (const scenario of meetable.filter(({ alone }) => alone)) examined.push(await look(scenario));
await grounds[Symbol.asyncDispose]();

const namesCause = ({ scenario, diagnoses }: Examined) =>
  diagnoses.some((each) => causesOf(scenario).some((cause) => causeOf(each) === cause));

describe("diagnosing our own faults", () => {
  test("is done for at least 95 % of those that an upstream can show", () => {
    const withCause = applicable.filter((scenario) => causesOf(scenario).length > 0);
    const right = examined.filter((each) => causesOf(each.scenario).length > 0 && namesCause(each)).length;
    const rate = Math.round((1000 * right) / withCause.length) / 10;
    console.info(`diagnose names the cause of ${right} of ${withCause.length} faults, ${rate} %`);
    if (lacking.size > 0) console.info("not looked at here:", Object.fromEntries(lacking));
    expect(rate).toBeGreaterThanOrEqual(95);
  });

  test("leaves out only what there is", () => {
    const known = new Set(scenarios.map(({ id }) => id));
    for (const id of [inapplicable, asked, fails].flatMap(Object.keys)) expect(known).toContain(id);
  });

  test.each(examined.map((each) => ({ id: each.scenario.id, each })))("$id", ({ id, each }) => {
    const { scenario, diagnoses } = each;
    const story = JSON.stringify(diagnoses, undefined, 2);
    if (causesOf(scenario).length > 0) expect(namesCause(each), story).toBe(true);
    else if (!Object.hasOwn(fails, id))
      expect(
        diagnoses.flatMap((each) => causeOf(each) ?? []),
        story,
      ).toEqual([]);
    const named = diagnoses.flatMap(scenariosOf);
    // What a proxy would relay may still be worth a word; then it is this scenario's.
    if (causesOf(scenario).length > 0 || named.length > 0) expect(named, story).toContain(id);
    // The likeliest first: whoever shows a sign that is one scenario's alone is that scenario.
    for (const diagnosis of diagnoses) {
      const own = diagnosis.findings.flatMap(({ sign }) => unmistakable.get(sign) ?? []);
      if (own.includes(id)) expect(scenariosOf(diagnosis)[0], story).toBe(id);
    }
  });
});
