import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, type TestContext, test, vi } from "vitest";
import { defaultPlan, defaultTimers, type Plan } from "../../harness/plan.ts";
import { configuration } from "../../harness/proxies/h2o/configuration.ts";
import drivers from "../../harness/proxies/h2o/driver.ts";
import { isServing, wordsOf } from "../../harness/proxies/h2o/log.ts";
import { cannot } from "../../harness/proxies/h2o/means.ts";
import { ended } from "../../harness/proxies/program/ended.ts";
import { skipAloud } from "../skip.ts";
import { ask } from "./asking.ts";
import { tcpBackend } from "./backends.ts";
import { openStand } from "./stand.ts";

// The first start of a container builds its image, from a mirror of packages.
vi.setConfig({ testTimeout: 120_000 });

const planOf = (change: Partial<Plan>): Plan => ({
  ...defaultPlan(defaultTimers, "/run/ca.pem"),
  upstreams: ["http://127.0.0.2:8001"],
  ...change,
});
const text = (change: Partial<Plan>): string =>
  configuration([{ plan: planOf(change), host: "127.0.0.9", port: 9001, log: "/run/1.log" }]);

describe("a route", () => {
  test("has a process, a port and a log of its own", () => {
    const script = text({});
    expect(script).toContain("serve 1 '/run/1.log' 3<<'END'");
    expect(script).toContain("  host: 127.0.0.9\n  port: 9001\n");
    expect(script).toContain('proxy.reverse.url: "http://127.0.0.2:8001/"');
  });

  test("may lead to a unix socket, and keep no connection", () => {
    const script = text({ upstreams: ["unix:/run/backend.sock"], keepAlive: false });
    expect(script).toContain('proxy.reverse.url: "http://[unix:/run/backend.sock]/"');
    expect(script).toContain("proxy.timeout.keepalive: 0");
  });

  test("without an upstream has nothing to offer", () => {
    expect(text({ upstreams: [] })).not.toContain("proxy.reverse.url");
  });
});

test("one timer bounds every wait for the upstream; what is off lasts a day", () => {
  expect(text({ timers: { ...defaultTimers, head: 123 } })).toContain("proxy.timeout.io: 123");
  expect(text({ timers: { ...defaultTimers, head: 0 } })).toContain("proxy.timeout.io: 86400000");
});

test("TLS is verified against the plan's authority", () => {
  const script = text({ upstreams: ["https://backend.test:443"] });
  expect(script).toContain("proxy.ssl.verify-peer: ON");
  expect(script).toContain('proxy.ssl.cafile: "/run/ca.pem"');
});

test("what it has no means for is said", () => {
  const tls = { upstreams: ["https://127.0.0.2:443"] };
  expect(cannot(planOf({ upstreams: ["http://127.0.0.2:1", "http://127.0.0.2:2"] }))).toContain("several upstreams");
  expect(cannot(planOf({ resolver: "127.0.0.1:53" }))).toContain("resolver");
  expect(cannot(planOf({ ...tls, trust: { ca: "/run/ca.pem", serverName: "a.test" } }))).toContain("a name for");
  expect(cannot(planOf({ ...tls, keepAlive: false }))).toContain("not kept");
  expect(cannot(planOf({ connections: 2 }))).toContain("limit");
  expect(cannot(planOf({ health: { path: "/health", every: 50 } }))).toContain("checks");
  expect(cannot(planOf(tls))).toBeUndefined();
});

describe.each(drivers)("h2o ($via)", (driver) => {
  const needed = async (context: TestContext) => {
    const missing = await driver.missing();
    if (missing !== undefined) skipAloud(context, missing);
  };

  test("says of a route what belongs to it", async (context) => {
    await needed(context);
    await using stand = await openStand();
    const missing = ["first", "second"].map((name) => `unix:${join(stand.folder, name)}.sock`);
    const proxy = await stand.start(
      driver,
      missing.map((url) => stand.plan({ upstreams: [url] })),
    );
    await Promise.all(proxy.routes.map((route, index) => ask(new URL(`/${index}`, route))));
    const words = await Promise.all(proxy.routes.map((_, index) => proxy.said(index)));
    expect(words).toEqual(
      ["0", "1"].map((name) => [`502 25 "GET /${name} HTTP/1.1" [lib/core/proxy.c] failed to connect to host`]),
    );
  });

  test("a response that kills h2o ends its route alone, and its last words are told with its end", async (context) => {
    await needed(context);
    await using stand = await openStand();
    const deadly = await stand.use(
      tcpBackend((socket) => socket.once("data", () => socket.write("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"))),
    );
    const proxy = await stand.start(
      driver,
      ["http://127.0.0.1:9", deadly.url].map((url) => stand.plan({ upstreams: [url] })),
    );
    const [other = new URL("http://none"), route = new URL("http://none")] = proxy.routes;
    expect(await ask(route)).toMatchObject({ whole: false });
    expect(await proxy.said(1)).toEqual([
      expect.stringMatching(/^h2o: .*Assertion `!client->_can_keepalive' failed\.$/),
    ]);
    expect(proxy.died(1)).toBe("exit status 134");
    expect(proxy.died(0)).toBeUndefined();
    expect(await ask(other)).toMatchObject({ status: 502 });
  });
});

describe("h2o's log", () => {
  test("is read without its start and our own requests, even when h2o is gone", async () => {
    await using stand = await openStand();
    const log = join(stand.folder, "1.log");
    const route = { plan: planOf({}), host: "127.0.0.1", port: 9, log };
    expect(await isServing(log)).toBe(false);
    expect(await wordsOf(route)).toEqual([]);
    await writeFile(
      log,
      "[INFO] raised RLIMIT_NOFILE to 20000\n" +
        "h2o server (pid:17) is ready to serve requests\n" +
        '200 5 "GET / HTTP/1.1" \n' +
        '307 5 "GET /.marker/1 HTTP/1.1" \n',
    );
    expect(await isServing(log)).toBe(true);
    expect(await wordsOf(route)).toEqual(['200 5 "GET / HTTP/1.1"']);
  });

  test("the end of a route's process is told by its number", () => {
    expect(ended(1, ["route 12 ended with exit status 1", "route 2 ended with exit status 134"])).toBe(
      "exit status 134",
    );
    expect(ended(0, ["route 12 ended with exit status 1"])).toBeUndefined();
  });
});
