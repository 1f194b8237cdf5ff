import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, type TestContext, test, vi } from "vitest";
import { defaultTimers, type Plan } from "../../harness/plan.ts";
import { configuration } from "../../harness/proxies/lighttpd/configuration.ts";
import drivers from "../../harness/proxies/lighttpd/driver.ts";
import { logged } from "../../harness/proxies/lighttpd/log.ts";
import { cannot } from "../../harness/proxies/lighttpd/means.ts";
import { examplePlan, exampleRoutes } from "./example-routes.ts";
import { containersWith, processesWith } from "./leftovers.ts";
import { openStand, standFor } from "./stand.ts";

// The first start of a container builds its image, from a mirror of packages.
vi.setConfig({ testTimeout: 120_000 });

const text = (change: Partial<Plan>): string => configuration(exampleRoutes(change));

describe("a route", () => {
  test("has a socket and a log of its own", () => {
    const conf = text({});
    expect(conf).toContain('$SERVER["socket"] == "127.0.0.9:9001"');
    expect(conf).toContain('server.errorlog = "/run/1.log"');
  });

  test("lists its upstreams, addresses and sockets", () => {
    const conf = text({ upstreams: ["http://127.0.0.2:8001", "http://[::1]:8002", "unix:/run/backend.sock"] });
    expect(conf).toContain('"host" => "127.0.0.2", "port" => 8001');
    expect(conf).toContain('"host" => "::1", "port" => 8002');
    expect(conf).toContain('"socket" => "/run/backend.sock"');
  });

  test("without an upstream passes nothing on", () => {
    expect(text({ upstreams: [] })).not.toContain("proxy.server");
  });
});

describe("timers", () => {
  test("are three, and a second less than they run out after at the least", () => {
    const conf = text({ timers: { ...defaultTimers, connect: 2_000, head: 4_000, send: 300 } });
    expect(conf).toContain('"connect-timeout" => 1, "read-timeout" => 3, "write-timeout" => 1, "disable-time" => 0');
  });

  test("that are off stay off", () => {
    expect(text({ timers: { ...defaultTimers, head: 0 } })).toContain('"read-timeout" => 0');
  });
});

test("what it has no means for is said", () => {
  expect(cannot(examplePlan({ upstreams: ["https://127.0.0.2:443"] }))).toContain("TLS");
  expect(cannot(examplePlan({ resolver: "127.0.0.1:53" }))).toContain("resolver");
  expect(cannot(examplePlan({ connections: 2 }))).toContain("limit");
  expect(cannot(examplePlan({ health: { path: "/health", every: 50 } }))).toContain("health");
  expect(cannot(examplePlan({ ejection: { failures: 2, for: 1_000 } }))).toContain("failures");
  expect(cannot(examplePlan({}))).toBeUndefined();
});

describe.each(drivers)("lighttpd ($via)", (driver) => {
  test("says of a route what belongs to it, without time and line of source", async (context: TestContext) => {
    await using stand = await standFor(driver, context);
    const { said } = await stand.askEach(driver, stand.absent);
    await expect
      .poll(said)
      .toEqual(
        ["first", "second"].map((name) => [
          expect.stringMatching(
            new RegExp(`^gw_backend\\.c: establishing connection failed: socket: unix:.*/${name}\\.sock: No such file`),
          ),
          expect.stringMatching(/^gw_backend\.c: all handlers .* are down\.$/),
        ]),
      );
  });

  test("shows lighttpd's own message when the configuration is refused", async (context: TestContext) => {
    await using stand = await standFor(driver, context);
    const timers = { ...defaultTimers, head: Number.NaN };
    const start = stand.start(driver, [stand.plan({ upstreams: ["http://127.0.0.1:9"], timers })]);
    await expect(start).rejects.toThrow(/with .*lighttpd\.conf: .*parser failed/s);
    expect(await processesWith(stand.folder)).toEqual([]);
    expect(await containersWith(stand.folder)).toEqual([]);
  });
});

test("a log is read without descriptors", async () => {
  await using stand = await openStand();
  const path = join(stand.folder, "1.log");
  expect(await logged(path)).toEqual([]);
  await writeFile(
    path,
    "2026-01-31 12:00:00: (http-header-glue.c.1341) read() 17 18: Connection reset by peer\n" +
      "2026-01-31 12:00:01: (gw_backend.c.2709) read timeout on socket: tcp:127.0.0.1:80 (fd: 17)\n",
  );
  expect(await logged(path)).toEqual([
    "http-header-glue.c: read(): Connection reset by peer",
    "gw_backend.c: read timeout on socket: tcp:127.0.0.1:80",
  ]);
});
