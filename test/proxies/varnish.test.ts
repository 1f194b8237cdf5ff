import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { defaultTimers, type Plan } from "../../harness/plan.ts";
import { commandLine } from "../../harness/proxies/varnish/command-line.ts";
import { configuration } from "../../harness/proxies/varnish/configuration.ts";
import drivers from "../../harness/proxies/varnish/driver.ts";
import { wordsIn } from "../../harness/proxies/varnish/log.ts";
import { httpBackend } from "./backends.ts";
import { exampleRoutes } from "./example-routes.ts";
import { openStand, standFor } from "./stand.ts";

// The first start of a container builds its image, from a mirror of packages.
vi.setConfig({ testTimeout: 120_000 });

const text = (...changes: readonly Partial<Plan>[]) => configuration(exampleRoutes(...changes));

describe("Varnish's VCL", () => {
  test("has three of the timers, and off is not at once", () => {
    const timers = { ...defaultTimers, connect: 101, head: 102, idle: 0 };
    const vcl = text({ timers });
    expect(vcl).toContain(".connect_timeout = 101ms;");
    expect(vcl).toContain(".first_byte_timeout = 102ms;");
    expect(vcl).toContain(".between_bytes_timeout = 1d;");
  });

  test("chooses a route's backend by the name of its listener", () => {
    const vcl = text({}, { upstreams: ["http://127.0.0.2:8002", "unix:/run/backend.sock"] }, { upstreams: [] });
    expect(vcl).toContain('if (local.socket == "route_1") { set req.backend_hint = route_1_1; }');
    expect(vcl).toContain('if (local.socket == "route_2") { set req.backend_hint = route_2.backend(); }');
    expect(vcl).toContain("route_2.add_backend(route_2_2);");
    expect(vcl).toContain('.path = "/run/backend.sock";');
    expect(vcl).toContain('if (local.socket == "route_3") { set req.backend_hint = default; }');
  });

  test("repeats, closes, limits and checks where the plan says so", () => {
    expect(text({ retries: 2 })).toContain("{ if (bereq.retries < 2) { return (retry); } }");
    expect(text({ keepAlive: false })).toContain('{ set bereq.http.Connection = "close"; }');
    const limited = text({ connections: 2, health: { path: "/health", every: 50 } });
    expect(limited).toContain(".max_connections = 2;");
    expect(limited).toContain('.probe = { .url = "/health"; .interval = 50ms;');
    expect(text({})).not.toMatch(/return \(retry\)|"close"|max_connections|probe/);
  });
});

test("Varnish's command line gives every listener a name and a thread, and heads the largest limit", () => {
  const words = commandLine(exampleRoutes({ headLimit: 65_536 }, {})).split("\n");
  expect(words).toEqual(
    expect.arrayContaining([
      "route_1=127.0.0.9:9001",
      "route_2=127.0.0.9:9002",
      "thread_pool_min=102",
      "http_resp_size=65536",
      "pipe_timeout=0.3",
    ]),
  );
});

test("records of a fetch belong to the route that its first one names, changes of health to the backend's", () => {
  const records = [
    "         3 VCL_Log        b route_1",
    "         5 VCL_Log        b route_11",
    "         3 FetchError     b first byte timeout",
    '         0 Backend_health - route_1_1 Still healthy 4---X-RH 1 1 1 0.000178 0.000178 "HTTP/1.1 200 OK"',
    '         0 Backend_health - route_1_1 Went sick -------- 0 1 1 0.000000 0.000178 "Open error 111 (Connection refused)"',
    "         5 FetchError     b HTC eof (-1)",
    "         3 BerespStatus   b 503",
    "         7 VCL_Log        c marker /",
  ].join("\n");
  expect(wordsIn(records, 0)).toEqual([
    "FetchError first byte timeout",
    'Backend_health route_1_1 Went sick: "Open error 111 (Connection refused)"',
    "BerespStatus 503",
  ]);
  expect(wordsIn(records, 10)).toEqual(["FetchError HTC eof (-1)"]);
});

describe.each(drivers)("Varnish ($via)", (driver) => {
  test("takes every form of route in one configuration", async (context) => {
    await using stand = await standFor(driver, context);
    const backend = await stand.use(httpBackend((_, response) => response.end("sound")));
    const plans = [
      { upstreams: [backend.url] },
      { upstreams: [backend.url, backend.url], retries: 1, keepAlive: false },
      { upstreams: [`unix:${join(stand.folder, "none.sock")}`], headLimit: 65_536 },
      { upstreams: ["http://localhost:9"] },
      { upstreams: [backend.url], health: { path: "/", every: 1_000 }, connections: 100 },
      { upstreams: [] },
    ];
    const { proxy, statuses } = await stand.askEach(driver, plans);
    expect(statuses).toEqual([200, 200, 503, 503, 200, 503]);
    await expect
      .poll(() => proxy.said(2))
      .toEqual(["FetchError backend route_3_1: fail errno 2 (No such file or directory)", "BerespStatus 503"]);
  });

  test("shows Varnish's own message when the VCL is refused", async (context) => {
    await using stand = await standFor(driver, context);
    const start = stand.start(driver, [stand.plan({ upstreams: ["http://127.0.0.1:9"], connections: -1 })]);
    await expect(start).rejects.toThrow(/varnish\.vcl.*max_connections/s);
  });

  test.each<[string, Partial<Plan>]>([
    ["TLS", { upstreams: ["https://127.0.0.2:8001"] }],
    ["names", { upstreams: ["http://backend.test:80"], resolver: "127.0.0.1:53" }],
    ["head limit", { headLimit: 4_096 }],
    ["queue", { connections: 1, queue: { most: 1, wait: 100 } }],
    ["after failures", { ejection: { failures: 1, for: 1_000 } }],
  ])("has no means for %s", async (what, change) => {
    await using stand = await openStand();
    expect(driver.cannot?.(stand.plan(change))).toContain(what);
    expect(driver.cannot?.(stand.plan({ upstreams: ["http://127.0.0.2:8001"] }))).toBeUndefined();
  });
});
