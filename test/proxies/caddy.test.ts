import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import type { Route } from "../../harness/driver.ts";
import { defaultTimers, type Plan } from "../../harness/plan.ts";
import drivers from "../../harness/proxies/caddy/driver.ts";
import { wordsOf } from "../../harness/proxies/caddy/log.ts";
import { reverseProxy } from "../../harness/proxies/caddy/reverse-proxy.ts";
import { httpBackend } from "./backends.ts";
import { examplePlan } from "./example-routes.ts";
import { openStand, standFor } from "./stand.ts";

// The first start of a container builds its image, from a mirror of packages.
vi.setConfig({ testTimeout: 120_000 });

const handler = (change: Partial<Plan>) => reverseProxy(examplePlan(change));

describe("Caddy's reverse_proxy", () => {
  test("dials addresses, names and unix sockets", () => {
    expect(
      handler({ upstreams: ["http://127.0.0.2:8001", "http://[::1]:8002", "unix:/run/backend.sock"] }),
    ).toMatchObject({
      upstreams: [{ dial: "127.0.0.2:8001" }, { dial: "[::1]:8002" }, { dial: "unix//run/backend.sock" }],
    });
  });

  test("has five of the timers, and off is not at once", () => {
    const timers = { ...defaultTimers, connect: 101, send: 102, head: 103, idle: 104, tls: 105 };
    expect(handler({ timers, upstreams: ["https://127.0.0.2:8443"] })).toMatchObject({
      transport: {
        dial_timeout: "101ms",
        write_timeout: "102ms",
        response_header_timeout: "103ms",
        read_timeout: "104ms",
        tls: { handshake_timeout: "105ms" },
      },
    });
    expect(handler({ timers: { ...timers, connect: 0, idle: 0 } })).toMatchObject({
      transport: { dial_timeout: "24h", read_timeout: "0ms" },
    });
  });

  test("gives the dial of a name the time for its resolution", () => {
    const timers = { ...defaultTimers, resolve: 500, connect: 300 };
    expect(handler({ timers, upstreams: ["http://backend.test:80"], resolver: "127.0.0.3:5353" })).toMatchObject({
      transport: { dial_timeout: "500ms", resolver: { addresses: ["udp/127.0.0.3:5353"] } },
    });
  });

  test("gives the head its time, where it has more than the body", () => {
    expect(handler({ timers: { ...defaultTimers, head: 900 } })).toMatchObject({
      transport: { read_timeout: "900ms" },
    });
  });

  test("verifies with the plan's authority, name and identity", () => {
    const identity = { certificate: "/run/client.pem", key: "/run/client.key" };
    const trust = { ca: "/run/ca.pem", serverName: "other.test", identity };
    expect(handler({ upstreams: ["https://127.0.0.2:443"], trust })).toMatchObject({
      transport: {
        tls: {
          root_ca_pem_files: ["/run/ca.pem"],
          server_name: "other.test",
          client_certificate_file: "/run/client.pem",
          client_certificate_key_file: "/run/client.key",
        },
      },
    });
    expect(handler({})).not.toHaveProperty("transport.tls");
  });

  test("limits, checks and ejects upstreams as the plan says, and otherwise not", () => {
    expect(
      handler({
        connections: 2,
        retries: 1,
        health: { path: "/health", every: 50 },
        ejection: { failures: 3, for: 1_500 },
      }),
    ).toMatchObject({
      upstreams: [{ max_requests: 2 }],
      load_balancing: { retries: 1 },
      health_checks: {
        active: { uri: "/health", interval: "50ms", expect_status: 2 },
        passive: { max_fails: 3, fail_duration: "1500ms" },
      },
    });
    expect(handler({})).toMatchObject({ load_balancing: { retries: 0 }, health_checks: {} });
  });

  test("has one transport, and so one scheme", () => {
    expect(() => handler({ upstreams: ["http://127.0.0.2:1", "https://127.0.0.2:2"] })).toThrow("one scheme");
  });
});

describe.each(drivers)("Caddy ($via)", (driver) => {
  test("takes every form of route in one configuration", async (context) => {
    await using stand = await standFor(driver, context);
    const backend = await stand.use(httpBackend((_, response) => response.end("sound")));
    const plans = [
      { upstreams: [backend.url] },
      { upstreams: [backend.url, backend.url], retries: 1, keepAlive: false },
      { upstreams: [backend.url.replace("http:", "https:")] },
      { upstreams: ["http://backend.test:80"], resolver: "127.0.0.1:9" },
      { upstreams: [`unix:${join(stand.folder, "none.sock")}`], headLimit: 1_024 },
      { upstreams: [backend.url], health: { path: "/", every: 1_000 }, connections: 100 },
      { upstreams: [] },
    ];
    const { proxy, statuses } = await stand.askEach(driver, plans);
    expect(statuses).toEqual([200, 200, 502, 502, 502, 200, 503]);
    await expect
      .poll(() => proxy.said(4))
      .toEqual([
        expect.stringMatching(
          /^\[error\] error: dial unix .*none\.sock: connect: no such file or directory, status 502$/,
        ),
        "[error] access: handled request, status 502",
      ]);
  });
});

test("what the reverse proxy says belongs to the route whose upstream it names", async () => {
  await using stand = await openStand();
  const route = (index: number, upstream: string): Route => ({
    plan: stand.plan({ upstreams: [upstream] }),
    host: "127.0.0.9",
    port: 9_000 + index,
    log: join(stand.folder, `${index}.log`),
  });
  const [first, second] = [route(1, "http://127.0.0.3:800"), route(2, "http://127.0.0.3:8001")];
  const entry = {
    level: "error",
    ts: 1_796_000_000.5,
    logger: "http.handlers.reverse_proxy",
    msg: "reading from backend",
  };
  const error = "read tcp 127.0.0.1:46570->127.0.0.3:8001: read: connection reset by peer";
  await appendFile(join(stand.folder, "reverse-proxy.log"), `${JSON.stringify({ ...entry, error })}\n`);
  await writeFile(
    first.log,
    `${JSON.stringify({ level: "info", ts: 1_796_000_000.6, logger: "http.log.access.route_1", msg: "handled request", status: 200 })}\n`,
  );
  expect(await wordsOf(first)).toEqual(["[info] access: handled request, status 200"]);
  expect(await wordsOf(second)).toEqual([`[error] reverse_proxy: reading from backend: ${error}`]);
});
