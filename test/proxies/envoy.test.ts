import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { defaultTimers, type Plan } from "../../harness/plan.ts";
import { configuration } from "../../harness/proxies/envoy/configuration.ts";
import drivers from "../../harness/proxies/envoy/driver.ts";
import { logFile } from "../../harness/proxies/envoy/log.ts";
import { wordsOf } from "../../harness/proxies/envoy/words.ts";
import { httpBackend, tcpBackend } from "./backends.ts";
import { examplePlan, exampleRoutes } from "./example-routes.ts";
import { openStand, standFor } from "./stand.ts";

// The first start of a container builds its image, from mirrors of packages.
vi.setConfig({ testTimeout: 120_000 });

const resources = (change: Partial<Plan>) => {
  const { listeners, clusters } = JSON.parse(configuration(exampleRoutes(change))).static_resources;
  const [filter] = listeners[0].filter_chains[0].filters;
  const { route_config, http_filters } = filter.typed_config;
  return { listener: listeners[0], cluster: clusters[0], routes: route_config.virtual_hosts[0].routes, http_filters };
};

describe("envoy.json", () => {
  test("has a listener and a cluster for each route", () => {
    const { listener, cluster, routes } = resources({ upstreams: ["http://[::1]:8002", "unix:/run/backend.sock"] });
    expect(listener).toMatchObject({
      name: "route_1",
      address: { socket_address: { address: "127.0.0.9", port_value: 9001 } },
    });
    expect(cluster).toMatchObject({ name: "route_1", type: "STATIC" });
    expect(cluster.load_assignment.endpoints[0].lb_endpoints).toEqual([
      { endpoint: { address: { socket_address: { address: "::1", port_value: 8002 } } } },
      { endpoint: { address: { pipe: { path: "/run/backend.sock" } } } },
    ]);
    expect(routes).toMatchObject([{ match: { prefix: "/" }, route: { cluster: "route_1" } }]);
  });

  test("has a clock for connecting, for the head, for what is idle and for all together", () => {
    const { cluster, routes } = resources({
      timers: { ...defaultTimers, connect: 101, head: 102, idle: 400, total: 104 },
    });
    expect(cluster.connect_timeout).toBe("0.101s");
    expect(routes[0].route).toMatchObject({
      timeout: "0.104s",
      idle_timeout: "0.44s",
      retry_policy: { num_retries: 0, per_try_timeout: "0.102s" },
    });
  });

  test("repeats after a failed connect whatever the method, after anything else what may be repeated", () => {
    const { routes } = resources({ retries: 2 });
    expect(routes).toMatchObject([
      {
        match: { headers: [{ name: ":method" }] },
        route: { retry_policy: { retry_on: "connect-failure,reset", num_retries: 2 } },
      },
      { route: { retry_policy: { retry_on: "connect-failure", num_retries: 2 } } },
    ]);
    expect(routes[1].match).toEqual({ prefix: "/" });
  });

  test("verifies a TLS upstream by authority and name, and shows who it is itself", () => {
    const identity = { certificate: "/run/client.pem", key: "/run/client.key" };
    const trust = { ca: "/run/ca.pem", serverName: "backend.test", identity };
    const { cluster } = resources({ upstreams: ["https://127.0.0.2:443"], trust });
    expect(cluster.transport_socket.typed_config).toMatchObject({
      sni: "backend.test",
      common_tls_context: {
        tls_certificates: [
          { certificate_chain: { filename: "/run/client.pem" }, private_key: { filename: "/run/client.key" } },
        ],
        validation_context: {
          trusted_ca: { filename: "/run/ca.pem" },
          match_typed_subject_alt_names: [{ san_type: "DNS", matcher: { exact: "backend.test" } }],
        },
      },
    });
  });

  test("sends no address as SNI", () => {
    const { typed_config } = resources({ upstreams: ["https://127.0.0.2:443"] }).cluster.transport_socket;
    expect(typed_config).not.toHaveProperty("sni");
    expect(typed_config.common_tls_context.validation_context.match_typed_subject_alt_names).toEqual([
      { san_type: "IP_ADDRESS", matcher: { exact: "127.0.0.2" } },
    ]);
  });

  test("resolves a name when a request wants it where there is a resolver, else by the system", () => {
    const { cluster, http_filters, routes } = resources({
      upstreams: ["http://backend.test:81"],
      resolver: "127.0.0.3:5353",
    });
    const cache = cluster.cluster_type.typed_config.dns_cache_config;
    expect(cache).toMatchObject({ name: "route_1", dns_query_timeout: "0.3s" });
    expect(cache.typed_dns_resolver_config.typed_config.resolvers).toEqual([
      { socket_address: { address: "127.0.0.3", port_value: 5353 } },
    ]);
    expect(http_filters[0].typed_config.dns_cache_config).toEqual(cache);
    expect(Object.values(routes[0].typed_per_filter_config)).toMatchObject([
      { host_rewrite_literal: "backend.test:81" },
    ]);
    expect(resources({ upstreams: ["http://localhost:81"] }).cluster.type).toBe("STRICT_DNS");
  });

  test("cannot resolve two upstreams for one request, nor mix schemes", () => {
    const named = { upstreams: ["http://backend.test:81", "http://127.0.0.2:82"], resolver: "127.0.0.3:5353" };
    expect(() => resources(named)).toThrow("wants to be the only upstream");
    expect(() => resources({ upstreams: ["http://127.0.0.2:1", "https://127.0.0.2:2"] })).toThrow("one scheme");
  });

  test("limits heads, connections, and what waits for one", () => {
    const { cluster } = resources({ headLimit: 5_000, connections: 2, keepAlive: false });
    const [options] = Object.values(cluster.typed_extension_protocol_options);
    expect(options).toMatchObject({
      common_http_protocol_options: { max_response_headers_kb: 5, max_requests_per_connection: 1 },
    });
    expect(cluster.circuit_breakers.thresholds).toEqual([{ max_requests: 2 }]);
    expect(resources({ connections: 2, queue: { most: 3, wait: 9 } }).cluster.circuit_breakers.thresholds).toEqual([
      { max_connections: 2, max_pending_requests: 3 },
    ]);
  });

  test("asks for health as told, and leaves out after failures as told", () => {
    const { cluster } = resources({
      health: { path: "/health", every: 50, rise: 2 },
      ejection: { failures: 3, for: 1_500 },
    });
    expect(cluster.health_checks).toMatchObject([
      { interval: "0.05s", healthy_threshold: 2, unhealthy_threshold: 1, http_health_check: { path: "/health" } },
    ]);
    expect(cluster.outlier_detection).toMatchObject({
      consecutive_local_origin_failure: 3,
      base_ejection_time: "1.5s",
    });
  });
});

test("of Envoy's words each route gets its own, also when Envoy is gone", async () => {
  await using stand = await openStand();
  await writeFile(join(stand.folder, logFile), "route_1 503 UF\nroute_12 504 UT\nmarker 204 -\nroute_1 200 -\n");
  const route = { plan: examplePlan({}), host: "127.0.0.9", port: 9001, log: join(stand.folder, "1.log") };
  expect(await wordsOf(route, 0)).toEqual(["503 UF", "200 -"]);
});

describe.each(drivers)("envoy ($via)", (driver) => {
  test("takes every form of route in one configuration", async (context) => {
    await using stand = await standFor(driver, context);
    const backend = await stand.use(httpBackend((_, response) => response.end("sound")));
    const plans: Partial<Plan>[] = [
      { upstreams: [backend.url] },
      { upstreams: [backend.url, backend.url], retries: 1, keepAlive: false, connections: 1 },
      {
        upstreams: [backend.url],
        connections: 1,
        queue: { most: 1, wait: 100 },
        health: { path: "/", every: 1_000 },
        ejection: { failures: 1, for: 1_000 },
      },
      { upstreams: [backend.url.replace("http:", "https:")] },
      { upstreams: ["http://backend.test:80"], resolver: "127.0.0.1:5353" },
      { upstreams: [`unix:${join(stand.folder, "none.sock")}`], headLimit: 1_024 },
      { upstreams: ["http://localhost:9"], headLimit: 131_072 },
      { upstreams: [] },
    ];
    const { statuses } = await stand.askEach(driver, plans);
    expect(statuses).toEqual([200, 200, 200, 503, 503, 503, 503, 404]);
  });

  test("says how each route's request ended, by its flags and details", async (context) => {
    await using stand = await standFor(driver, context);
    const closing = await stand.use(tcpBackend((socket) => socket.once("data", () => socket.end())));
    const babbling = await stand.use(
      tcpBackend((socket) => socket.once("data", () => socket.end("ready when you are\r\n\r\n"))),
    );
    const { proxy } = await stand.askEach(
      driver,
      [closing, babbling].map(({ url }) => ({ upstreams: [url] })),
    );
    await expect
      .poll(() => proxy.said(0))
      .toEqual(["503 UC upstream_reset_before_response_started{connection_termination} tries=1 GET /"]);
    await expect
      .poll(() => proxy.said(1))
      .toEqual(["502 UPE upstream_reset_before_response_started{protocol_error} tries=1 GET /"]);
  });

  test("shows Envoy's own message when the configuration is refused", async (context) => {
    await using stand = await standFor(driver, context);
    const start = stand.start(driver, [stand.plan({ upstreams: ["http://127.0.0.1:9"], headLimit: 1e9 })]);
    await expect(start).rejects.toThrow(/with .*envoy\.json:[\s\S]*max_response_headers_kb/i);
  });
});
