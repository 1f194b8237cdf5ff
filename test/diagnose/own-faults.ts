import { readFile } from "node:fs/promises";
import { diagnose } from "../../harness/diagnose/diagnose.ts";
import type { Diagnosis } from "../../harness/diagnose/diagnosis.ts";
import type { DiagnoseOptions, ProbeTrust, Question } from "../../harness/diagnose/options.ts";
import { calm } from "../../harness/lab/calm.ts";
import type { Grounds } from "../../harness/lab/grounds.ts";
import { openScene } from "../../harness/lab/scene.ts";
import { limiter } from "../../harness/net/limiter.ts";
import { defaultPlan, type Plan, type Timers, type Trust } from "../../harness/plan.ts";
import type { Ask, NamedScenario } from "../../harness/scenario.ts";

/** A scenario's upstreams, looked at one by one. */
export interface Examined {
  readonly scenario: NamedScenario;
  readonly diagnoses: readonly Diagnosis[];
}

const beginning = limiter(1);

/** Long enough that what comes at once is not taken for late, however busy the machine. */
const patient: Timers = { resolve: 1_200, connect: 1_200, tls: 1_200, send: 1_200, head: 1_200, idle: 1_200, total: 0 };

/** A timer that is not the subject must not run out. */
const unhurried: Timers = {
  resolve: 10_000,
  connect: 10_000,
  tls: 10_000,
  send: 10_000,
  head: 10_000,
  idle: 10_000,
  total: 0,
};

/** Opens a scenario's faults without a proxy, and diagnoses each upstream as the proxy of its plan would meet it. */
export async function examine(scenario: NamedScenario, grounds: Grounds, ask: Ask): Promise<Examined> {
  await beginning(calm);
  await using scene = await openScene(scenario, { grounds, timers: patient, seed: 1 });
  const { at } = scenario;
  const plan = scene.plan(defaultPlan(at ? { ...unhurried, [at]: patient[at] } : unhurried, grounds.ca));
  const [first] = plan.upstreams;
  const route = new URL(first?.startsWith("http") ? first : "http://127.0.0.1:1");
  for (const backend of scene.backends) await backend.arm(route);
  scene.timeline.start();
  // What some backends wait for: that the client has been answered, that a message has come.
  const passed = (layer: string) => scene.timeline.note("client", { body: "answered", tls: "message" }[layer] ?? layer);
  const diagnoses: Diagnosis[] = [];
  for (const url of plan.upstreams) {
    diagnoses.push(await diagnose(withPath(url, ask), { ...(await optionsFor(plan, scenario, ask)), passed }));
  }
  return { scenario, diagnoses };
}

async function optionsFor(plan: Plan, scenario: NamedScenario, ask: Ask): Promise<DiagnoseOptions> {
  const question: Question = {
    method: ask.method ?? "GET",
    fields: { ...ask.fields },
    ...(ask.body !== undefined && { body: ask.body }),
    ...(ask.expect && { expect: true }),
    ...(ask.upgrade && { upgrade: true }),
  };
  return {
    timers: plan.timers,
    trust: await trustOf(plan.trust),
    headLimit: plan.headLimit,
    // A page that asks once has a backend that plays once on a connection.
    keepAlive: plan.keepAlive && (scenario.asks?.length ?? 1) > 1,
    question,
    ...(plan.resolver !== undefined && { resolver: plan.resolver }),
  };
}

async function trustOf({ ca, serverName, identity }: Trust): Promise<ProbeTrust> {
  const read = (path: string) => readFile(path, "utf8");
  return {
    ca: await read(ca),
    ...(serverName !== undefined && { serverName }),
    ...(identity && {
      identity: { certificate: await read(identity.certificate), key: await read(identity.key) },
    }),
  };
}

function withPath(url: string, { path = "/" }: Ask): string {
  return url.startsWith("unix:") ? url : new URL(path, url).href;
}
