import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { defaultTimers, type Plan } from "../../harness/plan.ts";
import { configuration } from "../../harness/proxies/nghttpx/configuration.ts";
import drivers from "../../harness/proxies/nghttpx/driver.ts";
import { wordsOf } from "../../harness/proxies/nghttpx/log.ts";
import { ended } from "../../harness/proxies/program/ended.ts";
import { ask } from "./asking.ts";
import { httpBackend } from "./backends.ts";
import { exampleRoutes } from "./example-routes.ts";
import { processesWith } from "./leftovers.ts";
import { openStand, standFor } from "./stand.ts";

// The first start of a container builds its image, from a mirror of packages.
vi.setConfig({ testTimeout: 120_000 });

const text = (change: Partial<Plan>): string => configuration(exampleRoutes(change));

describe("nghttpx's script", () => {
  test("starts one process for a route, with its address, its log and its upstreams", () => {
    const script = text({ upstreams: ["http://127.0.0.2:8001", "http://[::1]:8002", "unix:/run/backend.sock"] });
    expect(script).toContain("serve 1 '/run/1.log'");
    expect(script).toContain("'--frontend=127.0.0.9,9001;no-tls'");
    expect(script).toContain("'--backend=127.0.0.2,8001;'");
    expect(script).toContain("'--backend=::1,8002;'");
    expect(script).toContain("'--backend=unix:/run/backend.sock;'");
  });

  test("verifies the upstream's certificate by the plan's name, and shows the plan's own", () => {
    const identity = { certificate: "/run/client.pem", key: "/run/client.key" };
    const trust = { ca: "/run/ca.pem", serverName: "other.test", identity };
    const script = text({ upstreams: ["https://127.0.0.2:8443"], trust });
    expect(script).toContain("'--backend=127.0.0.2,8443;;tls;sni=other.test'");
    expect(script).toContain("'--cacert=/run/ca.pem'");
    expect(script).toContain("'--client-cert-file=/run/client.pem'");
    expect(script).toContain("'--client-private-key-file=/run/client.key'");
  });

  test("has three timers, in milliseconds; one that is off does not run out at once", () => {
    const script = text({ timers: { ...defaultTimers, connect: 0, send: 102, head: 103 } });
    expect(script).toContain("'--backend-connect-timeout=24h'");
    expect(script).toContain("'--backend-write-timeout=102ms'");
    expect(script).toContain("'--backend-read-timeout=103ms'");
  });

  test("leaves out an upstream that failed only where others are to be tried", () => {
    const both = ["http://127.0.0.2:8001", "http://127.0.0.2:8002"];
    expect(text({})).toContain("'--backend-max-backoff=0'");
    expect(text({ upstreams: both })).toContain("'--backend-max-backoff=0'");
    expect(text({ upstreams: both, retries: 1 })).toContain("'--backend-max-backoff=1s'");
  });

  test("survives a quote in a path", () => {
    expect(text({ trust: { ca: "/run/it's/ca.pem" } })).toContain("'--cacert=/run/it'\\''s/ca.pem'");
  });
});

describe("nghttpx's words", () => {
  test("are what ailed a request and how it ended, without times and addresses in memory", async () => {
    await using stand = await openStand();
    const path = join(stand.folder, "route.log");
    const begin = "2026-01-31T12:00:00.000Z 17 17 0a1b2c3d";
    await writeFile(
      path,
      [
        `${begin} INFO (shrpx_worker_process.cc:638) Entering event loop`,
        `${begin} INFO (shrpx_http_downstream_connection.cc:712) [DCONN:0x7f00] HTTP request headers. stream_id=0`,
        "GET / HTTP/1.1",
        `${begin} WARN (shrpx_http_downstream_connection.cc:1532) [DCONN:0x7f00] Backend connect failed; errno=111`,
        `${begin} WARN (shrpx_connect_blocker.cc:94) Could not connect 1 times in a row; sleep for 0.0 seconds`,
        '502 129 -:- "GET / HTTP/1.1"',
        "",
      ].join("\n"),
    );
    expect(await wordsOf(path)).toEqual(["WARN Backend connect failed; errno=111", '502 129 -:- "GET / HTTP/1.1"']);
  });

  test("are none before there is a log", async () => {
    await using stand = await openStand();
    expect(await wordsOf(join(stand.folder, "none.log"))).toEqual([]);
  });

  test("tell the end of each route's own process", () => {
    const output = ["route 11 ended with exit status 1", "route 1 ended with exit status 139"];
    expect([0, 1, 10].map((index) => ended(index, output))).toEqual(["exit status 139", undefined, "exit status 1"]);
  });
});

describe.each(drivers)("nghttpx ($via)", (driver) => {
  test("loses one route when one of its processes dies", async (context) => {
    await using stand = await standFor(driver, context);
    const backend = await stand.use(httpBackend((_, response) => response.end("sound")));
    const plan = stand.plan({ upstreams: [backend.url] });
    const proxy = await stand.start(driver, [plan, plan]);
    for (const pid of await processesWith(join(stand.folder, "1.log"))) process.kill(pid, "SIGKILL");
    await expect.poll(() => proxy.died(0), { timeout: 5_000 }).toBe("exit status 137");
    expect(proxy.died(1)).toBeUndefined();
    const [, second = new URL("http://none")] = proxy.routes;
    expect(await ask(second)).toMatchObject({ status: 200, body: "sound" });
  });
});
