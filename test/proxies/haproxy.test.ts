import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { defaultTimers, type Plan } from "../../harness/plan.ts";
import { configuration } from "../../harness/proxies/haproxy/configuration.ts";
import drivers from "../../harness/proxies/haproxy/driver.ts";
import { wordsOf } from "../../harness/proxies/haproxy/log.ts";
import { httpBackend, tcpBackend } from "./backends.ts";
import { exampleRoutes } from "./example-routes.ts";
import { standFor } from "./stand.ts";

// The first start of a container builds its image, from a mirror of packages.
vi.setConfig({ testTimeout: 120_000 });

const text = (...changes: Partial<Plan>[]): string => configuration(exampleRoutes(...changes));

describe("haproxy.cfg", () => {
  test("has a frontend and a backend for each route", () => {
    const cfg = text({}, { upstreams: ["http://[::1]:8002", "unix:/run/backend.sock"] });
    expect(cfg).toMatch(/frontend route_1\n {2}bind 127\.0\.0\.9:9001\n {2}default_backend route_1\n/);
    expect(cfg).toMatch(/frontend route_2\n {2}bind 127\.0\.0\.9:9002\n/);
    expect(cfg).toContain("server origin_1 127.0.0.2:8001\n");
    expect(cfg).toContain("server origin_1 [::1]:8002\n  server origin_2 unix@/run/backend.sock\n");
  });

  test("has three clocks, and no retry unless told", () => {
    const cfg = text({ timers: { ...defaultTimers, connect: 101, head: 102, idle: 103 } });
    expect(cfg).toContain("timeout connect 101\n  timeout server 102\n  timeout tunnel 103\n");
    expect(cfg).toContain("retries 0\n");
    expect(cfg).not.toContain("redispatch");
  });

  test("repeats what may be repeated at another server", () => {
    const cfg = text({ retries: 2 });
    expect(cfg).toContain("retries 2\n  option redispatch 1\n");
    expect(cfg).toContain("http-request disable-l7-retry unless { method GET HEAD OPTIONS TRACE PUT DELETE }");
  });

  test("verifies a TLS upstream by the name that it sends", () => {
    const cfg = text({
      upstreams: ["https://127.0.0.2:443"],
      trust: { ca: "/run/ca.pem", serverName: "backend.test" },
    });
    expect(cfg).toContain("ssl verify required ca-file /run/ca.pem");
    expect(cfg).toContain("sni str(backend.test) verifyhost backend.test\n");
  });

  test("sends no address as SNI", () => {
    const cfg = text({ upstreams: ["https://127.0.0.2:443"] });
    expect(cfg).toContain("verifyhost 127.0.0.2\n");
    expect(cfg).not.toContain("sni ");
  });

  test("resolves a name for each request where there is a resolver, else at its start", () => {
    const cfg = text({ upstreams: ["http://backend.test:81"], resolver: "127.0.0.3:5353" });
    expect(cfg).toContain("nameserver origin 127.0.0.3:5353\n");
    expect(cfg).toContain("do-resolve(txn.address,route_1) str(backend.test)\n");
    expect(cfg).toContain("server origin_1 0.0.0.0:81\n");
    expect(text({ upstreams: ["http://localhost:81"] })).toContain("server origin_1 localhost:81\n");
  });

  test("cannot resolve two servers for one request", () => {
    const upstreams = ["http://backend.test:81", "http://127.0.0.2:82"];
    expect(() => text({ upstreams, resolver: "127.0.0.3:5353" })).toThrow("wants to be the only upstream");
  });

  test("limits connections, and what waits for one", () => {
    expect(text({ connections: 2 })).toMatch(/timeout queue 1\n[\s\S]* maxconn 2\n/);
    const cfg = text({ connections: 2, queue: { most: 3, wait: 500 } });
    expect(cfg).toContain("timeout queue 500\n");
    expect(cfg).toContain("http-request deny deny_status 503 if { queue ge 3 }");
  });

  test("asks for health as told", () => {
    const cfg = text({ health: { path: "/health", every: 50, rise: 2 } });
    expect(cfg).toContain("http-check send meth GET uri /health ver HTTP/1.1");
    expect(cfg).toContain("check inter 50 rise 2 fall 1\n");
  });

  test("has buffers for the largest head, and a rule for a lower limit", () => {
    const cfg = text({ headLimit: 20_000 }, { headLimit: 4_096 });
    expect(cfg).toContain("tune.bufsize 21024\n");
    expect(cfg.match(/res\.hdrs,length gt \d+/g)).toEqual(["res.hdrs,length gt 4096"]);
  });
});

test("of HAProxy's words each route gets its own", () => {
  const output = [
    "HAProxy version 2.6.12-1+deb12u4 2026/10/17 - https://haproxy.org/",
    "route_1 503 SC origin_1 retries=0 connection=[-] tls=[-] GET /",
    "[WARNING]  (17) : Server route_1/origin_1 is DOWN, reason: Layer4 timeout, check duration: 51ms.",
    "Server route_1/origin_1 is DOWN, reason: Layer4 timeout, check duration: 51ms. 0 active and 0 backup servers left.",
    "backend route_1 has no server available!",
    "route_12 502 SH origin_1 retries=0 connection=[-] tls=[-] GET /",
  ];
  expect(wordsOf(0, output)).toEqual([
    "503 SC origin_1 retries=0 connection=[-] tls=[-] GET /",
    "Server origin_1 is DOWN, reason: Layer4 timeout. 0 active and 0 backup servers left.",
    "backend has no server available!",
  ]);
  expect(wordsOf(11, output)).toEqual(["502 SH origin_1 retries=0 connection=[-] tls=[-] GET /"]);
});

describe.each(drivers)("haproxy ($via)", (driver) => {
  test("takes every form of route in one configuration", async (context) => {
    await using stand = await standFor(driver, context);
    const backend = await stand.use(httpBackend((_, response) => response.end("sound")));
    const plans: Partial<Plan>[] = [
      { upstreams: [backend.url] },
      { upstreams: [backend.url, backend.url], retries: 1, keepAlive: false, connections: 1 },
      { upstreams: [backend.url], queue: { most: 1, wait: 100 }, health: { path: "/", every: 1_000 } },
      { upstreams: [backend.url.replace("http:", "https:")] },
      { upstreams: ["http://backend.test:80"], resolver: "127.0.0.1:5353" },
      { upstreams: [`unix:${join(stand.folder, "none.sock")}`], headLimit: 1_024 },
      { upstreams: ["http://localhost:9"], headLimit: 131_072 },
      { upstreams: [] },
    ];
    const { statuses } = await stand.askEach(driver, plans);
    expect(statuses).toEqual([200, 200, 200, 503, 503, 503, 503, 503]);
  });

  test("says how each route's request ended, and where its parser stopped", async (context) => {
    await using stand = await standFor(driver, context);
    const closing = await stand.use(tcpBackend((socket) => socket.once("data", () => socket.end())));
    const babbling = await stand.use(
      tcpBackend((socket) => socket.once("data", () => socket.end("ready when you are\r\n"))),
    );
    const { proxy } = await stand.askEach(
      driver,
      [closing, babbling].map(({ url }) => ({ upstreams: [url] })),
    );
    // A container's output comes by way of the engine.
    await expect.poll(() => proxy.said(0)).toEqual(["502 SH origin_1 retries=0 connection=[Success] tls=[-] GET /"]);
    await expect
      .poll(() => proxy.said(1))
      .toEqual([
        "502 PH origin_1 retries=0 connection=[Success] tls=[-] GET /",
        "show errors: invalid response, MSG_RPVER, error at position 0",
      ]);
  });

  test("shows HAProxy's own message and the line when the configuration is refused", async (context) => {
    await using stand = await standFor(driver, context);
    const start = stand.start(driver, [stand.plan({ upstreams: ["http://backend.test:9"], resolver: "nowhere" })]);
    await expect(start).rejects.toThrow(/with .*haproxy\.cfg:[\s\S]*haproxy\.cfg:\d+/);
  });
});
