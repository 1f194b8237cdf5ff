import { access } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, type TestContext, test, vi } from "vitest";
import type { ProxyDriver, Route } from "../../harness/driver.ts";
import { loadDrivers } from "../../harness/drivers.ts";
import { defaultTimers, type Plan } from "../../harness/plan.ts";
import { skipAloud } from "../skip.ts";
import { ask, isRefused } from "./asking.ts";
import { httpBackend } from "./backends.ts";
import { containersWith, processesWith } from "./leftovers.ts";
import { type Stall, stalls } from "./stalls.ts";
import { openStand } from "./stand.ts";

// The first start of a container builds its image, from a mirror of packages.
vi.setConfig({ testTimeout: 120_000 });

/** All profiles are one driver in sixteen shapes: two of them stand for the rest. */
const shapes = ["profile:aws-alb", "profile:cloudflare-full"];

/** They read no certificate: what else they refuse stands in a spec of their own. */
const withoutTls = ["lighttpd", "varnish"];

const drivers = await Promise.all(
  (await loadDrivers())
    .filter(({ name, via }) => via !== "profile" || shapes.includes(name))
    .map(async (driver) => ({
      driver,
      label: `${driver.name} (${driver.via})`,
      missing: await driver.missing(),
    })),
);

test("the drivers are found by their folders", () => {
  expect(drivers.map(({ label }) => label)).toEqual(expect.arrayContaining(["nginx (local)", "nginx (container)"]));
});

/** What every driver owes, whatever proxy it starts. */
describe.each(drivers)("$label", ({ driver, missing }) => {
  const needed = (context: TestContext) => {
    if (missing !== undefined) skipAloud(context, missing);
  };
  const can = (plan: Plan) => driver.cannot?.(plan) === undefined;

  test("serves several routes from one proxy, each with its own backend", async (context) => {
    needed(context);
    await using stand = await openStand();
    const answering = async (word: string, path?: string) => {
      const { url } = await stand.use(httpBackend((_, response) => response.end(word), path));
      return { word, plan: stand.plan({ upstreams: [url] }) };
    };
    const answered = await Promise.all([
      answering("one"),
      answering("two"),
      answering("three", join(stand.folder, "backend.sock")),
    ]);
    const served = answered.filter(({ plan }) => can(plan));
    expect(served.length).toBeGreaterThan(1);
    const proxy = await stand.start(
      driver,
      served.map(({ plan }) => plan),
    );

    const answers = await Promise.all(proxy.routes.map((route) => ask(route)));
    expect(answers).toMatchObject(served.map(({ word }) => ({ status: 200, whole: true, body: word })));
    expect(proxy.version).toMatch(/^\d+\.\d+/);
    expect(proxy.died(0)).toBeUndefined();
  });

  test("obeys every timer: not before it has run out, and soon after", async (context) => {
    needed(context);
    await using stand = await openStand();
    const open = async (stall: Stall) => {
      const backend = await stand.use(stall.open());
      return { ...stall, backend, plan: stand.plan(stall.plan(backend)) };
    };
    const opened = await Promise.all(stalls.map(open));
    // A stall that the proxy cannot be told to run into has no timer to obey, nor has one that nothing ends.
    const met = opened.filter(({ plan, timer }) => can(plan) && !driver.untimed?.includes(timer));
    expect(met).not.toEqual([]);
    const proxy = await stand.start(
      driver,
      met.map(({ plan }) => plan),
    );
    await Promise.all(met.map(({ backend }) => backend.arm?.()));

    const answers = await Promise.all(proxy.routes.map((route, index) => ask(route, met[index]?.upload)));
    for (const [index, { timer, ends }] of met.entries()) {
      const answer = answers[index];
      const wanted = Math.ceil(defaultTimers[timer] / driver.unit) * driver.unit;
      // Node's clock for timers and its clock for measuring differ by up to a millisecond or two; a clock that ticks may
      // be half a tick early.
      expect.soft(answer?.took, timer).toBeGreaterThan(wanted - Math.max(5, driver.unit / 2));
      expect.soft(answer?.took, timer).toBeLessThan(wanted + driver.unit + 1_000);
      // Some keep a response until they have it whole, and answer in its place.
      if (ends === "broken off" && answer?.status === 200) expect.soft(answer, timer).toMatchObject({ whole: false });
      else if (ends !== "answered or closed" || answer?.status !== undefined)
        // An error; which one, the scenarios ask.
        expect.soft(answer?.status, timer).toBeGreaterThanOrEqual(400);
    }
  });

  test("writes its configuration as a pure function of the routes", async () => {
    await using stand = await openStand();
    const told = [
      { plan: stand.plan({ upstreams: ["http://127.0.0.4:8004"] }), stands: /127\.0\.0\.4\D+8004/ },
      {
        plan: stand.plan({ upstreams: ["http://127.0.0.1:8001", "http://127.0.0.2:8002"], retries: 1 }),
        stands: /127\.0\.0\.2\D+8002/,
      },
      {
        plan: stand.plan({ upstreams: ["https://backend.test:8443"], resolver: "127.0.0.1:5353", keepAlive: false }),
        stands: /backend\.test/,
      },
      { plan: stand.plan({ upstreams: ["unix:/run/backend.sock"], headLimit: 4_096 }), stands: /\/run\/backend\.sock/ },
    ].filter(({ plan }) => can(plan));
    expect(told).not.toEqual([]);
    const routes = told.map(
      ({ plan }, index): Route => ({ plan, host: "127.0.0.9", port: 9000 + index, log: `/log/${index}` }),
    );
    const before = structuredClone(routes);
    const text = driver.config(routes);
    expect(driver.config(before)).toBe(text);
    expect(routes).toEqual(before);
    for (const { stands } of told) expect(text).toMatch(stands);
  });

  test("leaves nothing behind when it is closed", async (context) => {
    needed(context);
    await using stand = await openStand();
    const backend = await stand.use(httpBackend((_, response) => response.end("sound")));
    const proxy = await stand.start(driver, [stand.plan({ upstreams: [backend.url] })]);
    const [route = new URL("http://none")] = proxy.routes;
    expect(await ask(route)).toMatchObject({ status: 200 });
    if (!inProcess(driver)) expect(await processesWith(stand.folder)).not.toEqual([]);
    if (driver.via === "container") expect(await containersWith(stand.folder)).toHaveLength(1);

    await proxy[Symbol.asyncDispose]();
    expect(await isRefused(route)).toBe(true);
    expect(await processesWith(stand.folder)).toEqual([]);
    expect(await containersWith(stand.folder)).toEqual([]);
    await stand[Symbol.asyncDispose]();
    await expect(access(stand.folder)).rejects.toThrow("ENOENT");
  });

  test("tells how its process ended", async (context) => {
    needed(context);
    if (inProcess(driver)) return;
    await using stand = await openStand();
    const proxy = await stand.start(driver, [stand.plan({ upstreams: ["http://127.0.0.1:9"] })]);
    for (const pid of await processesWith(stand.folder)) killIfThere(pid);
    await expect.poll(() => proxy.died(0), { timeout: 5_000 }).toMatch(/SIGKILL|137/);
  });

  test("refuses what it cannot be configured with, and names the file", async (context) => {
    needed(context);
    await using stand = await openStand();
    const plan = stand.plan({
      upstreams: ["https://127.0.0.1:9"],
      trust: { ca: join(stand.folder, "no-such-ca.pem") },
    });
    expect(can(plan)).toBe(!withoutTls.includes(driver.name));
    if (!can(plan)) return;
    await expect(stand.start(driver, [plan])).rejects.toThrow("no-such-ca.pem");
    expect(await processesWith(stand.folder)).toEqual([]);
    expect(await containersWith(stand.folder)).toEqual([]);
  });
});

function inProcess({ via }: ProxyDriver): boolean {
  return via === "embedded" || via === "profile";
}

/** With the first of them gone, others may go by themselves. */
function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
