import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import type { ProxyDriver } from "../harness/driver.ts";
import { healthy } from "../harness/faults/wire.ts";
import { loadScenarios } from "../harness/folder.ts";
import { type Cell, run } from "../harness/lab.ts";
import { closeServer, listen, trackConnections } from "../harness/net/listen.ts";
import { defaultTimers, type Plan } from "../harness/plan.ts";
import gateway from "../harness/proxies/gateway/driver.ts";
import type { NamedScenario } from "../harness/scenario.ts";

const family = (await loadScenarios()).filter(({ id }) => id.startsWith("pool/") || id === "exhaustion/proxy-pool");

async function judged(scenarios: readonly NamedScenario[], driver: ProxyDriver, seed = 1): Promise<Map<string, Cell>> {
  const cells = await run({ scenarios, drivers: [driver], timers: defaultTimers, seed, patience: 1_000 });
  return new Map(cells.map((cell) => [cell.scenario.id, cell]));
}

/** What became of each scenario: one that did not come to a trial has noticed nothing. */
async function kinds(scenarios: readonly NamedScenario[], driver: ProxyDriver): Promise<Record<string, string>> {
  const cells = [...(await judged(scenarios, driver)).values()];
  return Object.fromEntries(
    cells.map(({ scenario, verdict, trial }) => [scenario.id, trial ? verdict.kind : `no trial: ${verdict.why}`]),
  );
}

const only = (...names: readonly string[]) =>
  names.map((name) => {
    const found = family.find(({ id }) => id === name);
    if (!found) throw new Error(`there is no scenario ${name}`);
    return found;
  });

/** The gateway, told less than the plan asks for. */
function forgetting(...fields: readonly ("health" | "connections" | "retries")[]): ProxyDriver {
  const forget = (plan: Plan): Plan => {
    const { health, connections, ...rest } = plan;
    return {
      ...rest,
      ...(health && !fields.includes("health") && { health }),
      ...(connections && !fields.includes("connections") && { connections }),
      retries: fields.includes("retries") ? 0 : plan.retries,
    };
  };
  return { ...gateway, start: (plans, ground) => gateway.start(plans.map(forget), ground) };
}

/** A proxy that tries every upstream in the order given, whatever the method and however far the one before has come. */
const careless: ProxyDriver = {
  ...gateway,
  name: "careless",
  dialect: { rows: [] },
  async start([plan]) {
    const server = createServer(async (incoming, response) => {
      const body = await buffer(incoming);
      for (const upstream of plan?.upstreams ?? []) if (await forward(upstream, incoming, body, response)) return;
      response.writeHead(502).end();
    });
    const connections = trackConnections(server);
    const { port } = await listen(server, { host: "127.0.0.1" });
    return {
      version: "1.0.0",
      routes: [new URL(`http://127.0.0.1:${port}`)],
      said: async () => [],
      died: () => undefined,
      [Symbol.asyncDispose]: () => closeServer(server, connections),
    };
  },
};

function forward(upstream: string, { method, headers }: IncomingMessage, body: Buffer, response: ServerResponse) {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const outgoing = request(upstream, { method, headers, agent: false }, (answer) => {
    response.writeHead(answer.statusCode ?? 0, answer.headers);
    answer.pipe(response).once("finish", () => resolve(true));
  });
  outgoing.once("error", () => resolve(false)).end(body);
  return promise;
}

describe("scenarios with several backends", () => {
  test("are eleven", () => {
    expect(family).toHaveLength(11);
  });

  test("never pass when the backends are healthy", async () => {
    const spoilt = family.map((scenario) => ({ ...scenario, upstreams: scenario.upstreams.map(() => healthy()) }));
    const became = await kinds(spoilt, gateway);
    expect(Object.keys(became).sort()).toEqual(family.map(({ id }) => id).sort());
    expect(Object.values(became).filter((kind) => kind !== "fail" && kind !== "void")).toEqual([]);
  });

  test("notice a proxy that does not try the next backend", async () => {
    const some = only("pool/one-of-two-dead-retried", "pool/connect-failure-repeats-post");
    expect(await kinds(some, forgetting("retries"))).toEqual({
      "pool/one-of-two-dead-retried": "void",
      "pool/connect-failure-repeats-post": "void",
    });
  });

  test("notice a proxy that checks nobody's health", async () => {
    const some = only("pool/all-unhealthy", "pool/sick-but-answering", "pool/flapping");
    expect(await kinds(some, forgetting("health"))).toEqual({
      "pool/all-unhealthy": "void",
      "pool/sick-but-answering": "void",
      "pool/flapping": "void",
    });
  });

  test("notice a proxy that knows no limit of connections", async () => {
    expect(await kinds(only("exhaustion/proxy-pool"), forgetting("connections"))).toEqual({
      "exhaustion/proxy-pool": "void",
    });
  });

  test("notice a proxy that repeats a POST: the backends have counted it twice", async () => {
    const cell = (await judged(only("pool/post-not-repeated"), careless)).get("pool/post-not-repeated");
    expect(cell?.verdict.why).toContain("not proven: “request-read” was noted 2 times, wanted 1");
  });
});

describe("on the gateway", () => {
  test("a dead backend's 502s and the other's answers come in turn", async () => {
    const cell = (await judged(only("pool/one-of-two-dead"), gateway)).get("pool/one-of-two-dead");
    const outcomes = cell?.trial?.exchanges.map(({ outcome }) => outcome) ?? [];
    expect(outcomes).toHaveLength(6);
    for (const [index, outcome] of outcomes.entries()) expect(outcome).not.toBe(outcomes[index - 1]);
  });

  test("every dead backend is tried once", async () => {
    const { trial } = (await judged(only("pool/all-dead"), gateway)).get("pool/all-dead") ?? {};
    const upstreams = trial?.plan.upstreams ?? [];
    expect(upstreams).toHaveLength(2);
    for (const upstream of upstreams) expect(trial?.said[0]?.split(`${upstream} `), trial?.said[0]).toHaveLength(2);
  });

  test("the seed decides for how many requests a backend is up", async () => {
    const served = async (seed: number) => {
      const { trial } = (await judged(only("pool/flapping"), gateway, seed)).get("pool/flapping") ?? {};
      const notes = trial?.timeline.filter(({ who }) => who === "upstream 1").map(({ act }) => act) ?? [];
      return notes.slice(0, notes.indexOf("dead")).filter((act) => act === "request-read").length;
    };
    const counts = await Promise.all([1, 1, 2, 3, 4, 5].map(served));
    expect(counts[0]).toBe(counts[1]);
    expect(new Set(counts).size).toBeGreaterThan(1);
  });
});
