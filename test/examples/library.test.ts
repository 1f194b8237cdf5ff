import { describe, expect, test } from "vitest";
import {
  findProxy,
  healthy,
  inTurn,
  judgeTrial,
  openLab,
  refused,
  runScenarios,
  startFault,
  startGateway,
} from "../../harness/index.ts";
import "../../harness/vitest/index.ts";

describe("the library", () => {
  test("opens a lab around a scenario of the catalogue", async () => {
    await using lab = await openLab({ proxy: "gateway", scenario: "crash/close-mid-body" });
    const { outcome, took, response } = await lab.ask({ path: "/orders" });
    expect(outcome).toBe("cut");
    expect(response?.status).toBe(200);
    expect(took).toBeLessThan(5_000);
    expect(lab.timeline.map(({ who, act }) => `${who}: ${act}`)).toContain("upstream 1: fin");
  });

  test("starts a fault for a proxy of your own", async () => {
    await using fault = await startFault("crash/reset-after-request");
    await using proxy = await startGateway({ upstreams: [fault.url], retries: 0 });
    expect(await fetch(proxy.url)).toBeBadGateway({ cause: "connection_terminated" });
    await fault.noted("rst");
  });

  test("starts the gateway in front of upstreams of your own", async () => {
    await using one = await startFault(healthy());
    await using gone = await startFault(refused());
    const causes: (string | undefined)[] = [];
    await using gateway = await startGateway({
      upstreams: [gone.url, one.url],
      retries: 1,
      timers: { connect: 2_000, head: 10_000 },
      onAnswered: ({ upstreams }) => causes.push(...upstreams.map(({ cause }) => cause)),
    });
    const response = await fetch(gateway.url);
    expect(response.status).toBe(200);
    await response.text();
    await gateway.drain(5_000);
    expect(causes).toEqual(["connection_refused", undefined]);
  });

  test("runs scenarios and judges", async () => {
    const cells = await runScenarios({ proxy: "gateway", scenarios: ["crash/refused", "config/no-upstream"] });
    for (const { scenario, verdict } of cells) expect(verdict, scenario.id).toEqual({ kind: "pass", why: [] });
  });

  test("judges what was saved", async () => {
    const [cell] = await runScenarios({ proxy: "gateway", scenarios: "crash/refused", remedies: false });
    if (!cell?.trial) throw new Error("the scenario was not run");
    const saved = JSON.parse(JSON.stringify(cell.trial));
    expect(await judgeTrial(saved)).toEqual(cell.verdict);
  });

  test("has every proxy by its name, and tells when it is not here", async () => {
    const nginx = await findProxy("nginx", { via: "local" });
    const missing = await nginx.missing();
    if (missing === undefined) expect(nginx.name).toBe("nginx");
    else expect(missing).toMatch(/^no nginx/);
  });

  test("mixes faults", async () => {
    await using lab = await openLab({ proxy: "gateway", upstreams: [inTurn([healthy(), healthy()])] });
    expect((await lab.ask()).outcome).toBe("clean");
  });
});
