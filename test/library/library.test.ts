import { once } from "node:events";
import { connect } from "node:net";
import { setImmediate } from "node:timers/promises";
import { describe, expect, expectTypeOf, test } from "vitest";
import { loadDrivers } from "../../harness/drivers.ts";
import {
  type Cause,
  type Fault,
  findProxy,
  findScenario,
  healthy,
  judgeTrial,
  type Outcome,
  openLab,
  type ProxyDriver,
  type ProxyName,
  runScenarios,
  type ScenarioId,
  startFault,
  startGateway,
  tls,
  wire,
} from "../../harness/index.ts";

/** Names that an editor would mark, as plain JavaScript may bring them. */
const misspelt = <Name extends string>(name: string): Name => name as Name;

describe("names", () => {
  test("are known by the types", () => {
    expectTypeOf<"crash/refused">().toExtend<ScenarioId>();
    expectTypeOf<"crash/refuse">().not.toExtend<ScenarioId>();
    expectTypeOf<"nginx">().toExtend<ProxyName>();
    expectTypeOf<"ngnix">().not.toExtend<ProxyName>();
    expectTypeOf<"dns_timeout">().toExtend<Cause>();
    expectTypeOf<"own(502)">().toExtend<Outcome>();
  });

  test("that the types offer are all taken, those of profiles too", async () => {
    const names = new Set((await loadDrivers()).map(({ name }) => name as ProxyName));
    const found = await Promise.all([...names].map((name) => findProxy(name)));
    expect(found.map(({ name }) => name)).toEqual([...names]);
    const [cell] = await runScenarios({ proxy: "profile:heroku", scenarios: "crash/refused", remedies: false });
    expect(cell?.verdict.kind).toBe("pass");
    await using lab = await openLab({ proxy: "profile:heroku", scenario: "crash/refused" });
    expect((await lab.ask()).outcome).toBe("own(503)");
  });

  test("with a version, as a trial has them, are known to the judge", async () => {
    const [{ trial } = {}] = await runScenarios({ proxy: "gateway", scenarios: "control/healthy" });
    if (!trial) throw new Error("there is no trial");
    const plain = await judgeTrial({ ...trial, driver: "nginx", via: "local" });
    expect(await judgeTrial({ ...trial, driver: "nginx@1.28", via: "local" })).toEqual(plain);
    await expect(judgeTrial({ ...trial, driver: "ngimx", via: "local" })).rejects.toThrow("did you mean nginx?");
  });

  test.each([
    ["a proxy", () => findProxy(misspelt("ngnix")), "no proxy is called “ngnix”; did you mean nginx?"],
    ["a lab's", () => openLab({ proxy: misspelt("gatewy"), upstreams: [] }), "did you mean gateway?"],
    ["a scenario", () => findScenario(misspelt("crash/refusd")), "did you mean crash/refused?"],
    ["a fault", () => startFault(misspelt("slow/never-answer")), "did you mean slow/never-answers?"],
    ["a run's", () => runScenarios({ proxy: "gateway", scenarios: misspelt("crsh") }), "did you mean crash"],
    ["a family for a scenario", () => findScenario(misspelt("crash")), "wanted the id of one scenario"],
    ["a version", () => findProxy("nginx", { version: "newest" }), "wanted a version such as nginx@1.28; got “newest”"],
    ["a version of what has one", () => findProxy("gateway", { version: "2" }), "no other version than the one here"],
    ["a way", () => findProxy("node-pipe", { via: "container" }), "not to be had via container; wanted via local"],
  ])("that nobody has: %s", async (_what, ask, said) => {
    await expect(ask()).rejects.toThrow(said);
  });
});

describe("what is lacking is said before anything starts", () => {
  const lacking: ProxyDriver = {
    name: "lacking",
    via: "local",
    unit: 1,
    dialect: { rows: [] },
    missing: async () => "no unobtainium here: apt-get install unobtainium",
    config: () => "",
    start: () => Promise.reject(new Error("started all the same")),
  };

  test("of a proxy", async () => {
    await expect(openLab({ proxy: lacking, upstreams: [healthy()] })).rejects.toThrow("lacking cannot start: no unobt");
    const [cell] = await runScenarios({ proxy: lacking, scenarios: "control/healthy" });
    expect(cell?.verdict).toEqual({ kind: "skipped", why: ["no unobtainium here: apt-get install unobtainium"] });
  });

  test("of a fault", async () => {
    const fault = { ...healthy(), missing: async () => "no unobtainium" };
    await expect(startFault(fault)).rejects.toThrow("the fault cannot start: no unobtainium");
    await expect(openLab({ proxy: "gateway", upstreams: [fault] })).rejects.toThrow("cannot start: no unobtainium");
  });

  test("of a scenario that has no upstream", async () => {
    await expect(startFault("crash/restarting")).rejects.toThrow("it waits for what our own client is told");
    await expect(startFault("config/no-upstream")).rejects.toThrow("has no upstream");
  });
});

test("a TLS upstream that was started alone can be verified by the gateway", async () => {
  await using sound = await startFault(tls({}));
  await using expired = await startFault("tls/expired");
  const trusting = ({ url, ca, serverName }: typeof sound) =>
    startGateway({ upstreams: [url], trust: { ca, ...(serverName !== undefined && { serverName }) } });
  await using good = await trusting(sound);
  await using bad = await trusting(expired);
  expect((await fetch(good.url)).status).toBe(200);
  expect((await fetch(bad.url)).headers.get("proxy-status")).toContain("tls_certificate_error");
});

test("what the lab's client asks is told as a scenario's would be", async () => {
  await using lab = await openLab({ proxy: "gateway", upstreams: [healthy()] });
  const exchange = await lab.ask({ method: "PUT", path: "/orders", body: 2_000, fields: { "X-Id": "7" } });
  expect(exchange).toMatchObject({ outcome: "clean", ending: "whole", response: { fromOrigin: true, status: 200 } });
  expect(exchange.sent.first).toMatch(/^PUT \/orders HTTP\/1\.1\r\n.*X-Id: 7\r\nContent-Length: 2000\r\n/s);
  expect(lab.timeline.map(({ who }) => who)).toEqual(expect.arrayContaining(["client", "upstream 1"]));
  expect(lab.nonce).toMatch(/^[0-9a-f]{8}$/);
});

test.each([
  ["a lab", (fault: Fault) => openLab({ proxy: "gateway", upstreams: [fault] })],
  ["a fault", (fault: Fault) => startFault(fault)],
] as const)("%s has its time begin once it is armed, as a trial does", async (_, open) => {
  const slow: Fault = {
    async open(stage) {
      const backend = await healthy().open(stage);
      const arm = async (route: URL) => {
        await backend.arm(route);
        await setImmediate();
        stage.note("slowly-armed");
      };
      return { ...backend, arm };
    },
  };
  await using opened = await open(slow);
  expect(opened.timeline.find(({ act }) => act === "slowly-armed")?.at).toBeLessThanOrEqual(0);
});

test("what was open is closed, connections with it", async () => {
  const urls: URL[] = [];
  {
    await using fault = await startFault(wire());
    await using gateway = await startGateway({ upstreams: [fault.url] });
    await using lab = await openLab({ proxy: "gateway", upstreams: [wire()] });
    urls.push(new URL(fault.url), gateway.url, new URL(lab.url));
  }
  for (const { hostname, port } of urls) {
    const socket = connect(Number(port), hostname);
    await expect(once(socket, "connect")).rejects.toThrow("ECONNREFUSED");
  }
});

test("cells come in the order of their scenarios, whichever was settled first", async () => {
  const settled: string[] = [];
  const cells = await runScenarios({
    proxy: ["gateway", await findProxy("node-pipe")],
    scenarios: ["slow/just-in-time", "control/healthy", "crash/refused"],
    onCell: ({ scenario, driver }) => settled.push(`${scenario.id} ${driver.name}`),
  });
  const order = cells.map(({ scenario, driver }) => `${scenario.id} ${driver.name}`);
  expect(order).toEqual([
    "control/healthy gateway",
    "control/healthy node-pipe",
    "crash/refused gateway",
    "crash/refused node-pipe",
    "crash/refused gateway",
    "crash/refused node-pipe",
    "slow/just-in-time gateway",
    "slow/just-in-time node-pipe",
  ]);
  expect(settled).not.toEqual(order);
  expect(settled.toSorted()).toEqual(order.toSorted());
});
