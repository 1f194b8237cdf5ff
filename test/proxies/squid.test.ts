import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import type { Route } from "../../harness/driver.ts";
import { defaultPlan, defaultTimers, type Plan } from "../../harness/plan.ts";
import { configuration } from "../../harness/proxies/squid/configuration.ts";
import drivers from "../../harness/proxies/squid/driver.ts";
import { ended, wordsOf } from "../../harness/proxies/squid/log.ts";
import { filesFor, services } from "../../harness/proxies/squid/services.ts";
import { skipAloud } from "../skip.ts";
import { ask } from "./asking.ts";
import { httpBackend } from "./backends.ts";
import { openStand } from "./stand.ts";

// The first start of a container builds its image, from a mirror of packages.
vi.setConfig({ testTimeout: 120_000 });

const routes = (...changes: readonly Partial<Plan>[]) =>
  changes.map(
    (change, index): Route => ({
      plan: { ...defaultPlan(defaultTimers, "/run/ca.pem"), upstreams: ["http://127.0.0.2:8001"], ...change },
      host: "127.1.20.3",
      port: 9_001 + index,
      log: `/run/${index + 1}.log`,
    }),
  );
const text = (...changes: readonly Partial<Plan>[]) => configuration(routes(...changes));

describe("Squid's processes", () => {
  test("are one for routes that agree on what a process has in common", () => {
    const head = (value: number) => ({ timers: { ...defaultTimers, head: value } });
    const own = services(
      routes({}, { keepAlive: false }, head(300), head(3_500), { retries: 1 }, { headLimit: 4_096 }),
    );
    expect(own.map(({ routes }) => routes)).toEqual([[0, 2], [1], [3], [4], [5]]);
    expect(own[2]?.common.read).toBe(6);
  });

  test("have no more ports than Squid listens on", () => {
    const own = services(routes(...Array.from({ length: 300 }, () => ({}))));
    expect(own.map(({ routes }) => routes.length)).toEqual([128, 128, 44]);
  });

  test("have names that are numbers, and nobody else's", () => {
    const [first, second] = services(routes({}, { retries: 1 }));
    expect(first?.name).toBe("1127001020003000");
    expect(second?.name).toBe("1127001020003001");
    expect(filesFor(routes({}, { retries: 1 }))).toMatchObject({
      services: "1127001020003000 1\n1127001020003001 2\n",
      "2.log": "",
    });
    expect(text({})).toMatch(/^if \$\{service_name\} = 1127001020003000$/m);
  });

  test("say how they ended, each for its routes", () => {
    const output = ["Squid Cache: Version 5.7", "routes 1 3 12 ended with 134"];
    expect(ended(2, output)).toBe("134");
    expect(ended(1, output)).toBeUndefined();
  });
});

describe("squid.conf", () => {
  test("has a port, a log and peers for each route", () => {
    const conf = text({ upstreams: ["http://127.0.0.2:8001", "http://[::1]:8002"], connections: 2 });
    expect(conf).toContain("http_port 127.1.20.3:9001 accel vhost name=route_1\n");
    expect(conf).toContain("access_log stdio:1.log said route_1 !marker\n");
    expect(conf).toMatch(
      /cache_peer 127\.0\.0\.2 parent 8001 0 name=route_1_1 .*connect-timeout=3 round-robin max-conn=2\n/,
    );
    expect(conf).toContain("cache_peer ::1 parent 8002 0 name=route_1_2 ");
    expect(conf).toContain("cache_peer_access route_1_2 allow route_1\n");
  });

  test("verifies TLS upstreams with the plan's authority, name and identity", () => {
    const identity = { certificate: "/run/client.pem", key: "/run/client.key" };
    const trust = { ca: "/run/ca.pem", serverName: "other.test", identity };
    expect(text({ upstreams: ["https://127.0.0.2:443"], trust })).toContain(
      "tls tls-cafile=/run/ca.pem tls-default-ca=off tls-min-version=1.2 ssldomain=other.test " +
        "tls-cert=/run/client.pem tls-key=/run/client.key\n",
    );
    expect(text({})).not.toContain(" tls ");
  });

  test("rounds timers up to three seconds, and off is a day", () => {
    const conf = text({ timers: { ...defaultTimers, head: 3_001, send: 0, total: 600 } });
    expect(conf).toContain("read_timeout 6 seconds\nwrite_timeout 86400 seconds\nclient_lifetime 3 seconds\n");
  });
});

describe.each(drivers)("Squid ($via)", (driver) => {
  test("takes every form of route in one configuration", async (context) => {
    const missing = await driver.missing();
    if (missing !== undefined) skipAloud(context, missing);
    await using stand = await openStand();
    const sound = () => httpBackend((_, response) => response.end("sound"));
    const backend = await stand.use(sound());
    // Squid keeps connections by their address: one that speaks TLS would get one of another route's, which does not.
    const plain = await stand.use(sound());
    const plans = [
      { upstreams: [backend.url] },
      { upstreams: [backend.url, backend.url], retries: 1, keepAlive: false },
      { upstreams: [plain.url.replace("http:", "https:")] },
      { upstreams: [backend.url], headLimit: 65_536, connections: 1 },
      { upstreams: [] },
    ];
    const proxy = await stand.start(driver, plans.map(stand.plan));
    const answers = await Promise.all(proxy.routes.map((route) => ask(route)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 503, 200, 502]);
    expect(await proxy.said(2)).toEqual([
      expect.stringMatching(/^TCP_MISS\/503 HIER_NONE ERR_SECURE_CONNECT_FAIL\/SQUID_TLS_ERR_CONNECT/),
    ]);
    expect(await proxy.said(4)).toEqual(["TCP_MISS/502 HIER_NONE ERR_READ_ERROR/WITH_SERVER"]);
  });

  test.each<[string, Partial<Plan>]>([
    ["unix socket", { upstreams: ["unix:/run/backend.sock"] }],
    ["resolver", { upstreams: ["http://backend.test:80"], resolver: "127.0.0.1:5353" }],
    ["queue", { connections: 1, queue: { most: 1, wait: 100 } }],
    ["health checks", { health: { path: "/", every: 100 } }],
    ["stated time", { ejection: { failures: 1, for: 1_000 } }],
  ])("has no means for a plan with: %s", async (what, change) => {
    await using stand = await openStand();
    const upstreams = ["http://127.0.0.2:8001"];
    expect(driver.cannot?.(stand.plan({ upstreams, ...change }))).toContain(what);
    expect(driver.cannot?.(stand.plan({ upstreams }))).toBeUndefined();
  });
});

test("a route's words are the lines of its log, whether Squid still answers or not", async () => {
  await using stand = await openStand();
  const log = join(stand.folder, "1.log");
  await writeFile(log, "TCP_MISS/200 FIRSTUP_PARENT -/-\n");
  const [route] = routes({});
  expect(route && (await wordsOf({ ...route, log, host: "127.0.0.1", port: 9 }))).toEqual([
    "TCP_MISS/200 FIRSTUP_PARENT -/-",
  ]);
});
