import { describe, expect, type TestContext, test, vi } from "vitest";
import type { Route } from "../../harness/driver.ts";
import { defaultPlan, defaultTimers, type Plan } from "../../harness/plan.ts";
import { configuration } from "../../harness/proxies/trafficserver/configuration.ts";
import drivers from "../../harness/proxies/trafficserver/driver.ts";
import { files } from "../../harness/proxies/trafficserver/files.ts";
import { ended } from "../../harness/proxies/trafficserver/process.ts";
import { skipAloud } from "../skip.ts";
import { ask } from "./asking.ts";
import { httpBackend } from "./backends.ts";
import { openStand } from "./stand.ts";

// The first start of a container builds its image, from a mirror of packages.
vi.setConfig({ testTimeout: 120_000 });

const routeOf = (change: Partial<Plan>, port = 9001): Route => {
  const plan = { ...defaultPlan(defaultTimers, "/run/ca.pem"), upstreams: ["http://127.0.0.2:8001"], ...change };
  return { plan, host: "127.0.0.9", port, log: "/run/it/1.log" };
};
const text = (change: Partial<Plan>): string => configuration([routeOf(change)]);

describe("Traffic Server's rules", () => {
  test("map a port, whatever the Host, and WebSocket besides", () => {
    const rules = text({});
    expect(rules).toContain("regex_map_with_recv_port http://.*:9001/ http://127.0.0.2:8001/ @plugin=conf_remap.so");
    expect(rules).toContain("regex_map_with_recv_port ws://.*:9001/ ws://127.0.0.2:8001/ @plugin=conf_remap.so");
  });

  test("have whole seconds, rounded up; a connect that may take for ever may take a day", () => {
    const rules = text({ timers: { ...defaultTimers, connect: 0, head: 1_001, total: 2_000 } });
    expect(rules).toContain("proxy.config.http.connect_attempts_timeout=86400");
    expect(rules).toContain("proxy.config.http.transaction_no_activity_timeout_out=2");
    expect(rules).toContain("proxy.config.http.transaction_active_timeout_out=2");
  });

  test("verify the upstream's certificate by the plan's name, and show the plan's own", () => {
    const identity = { certificate: "/run/client.pem", key: "/run/client.key" };
    const trust = { ca: "/run/ca.pem", serverName: "other.test", identity };
    const rules = text({ upstreams: ["https://127.0.0.2:8443"], trust });
    expect(rules).toContain("https://127.0.0.2:8443/");
    expect(rules).toContain("verify.server.policy=ENFORCED");
    expect(rules).toContain("sni_policy=@other.test");
    expect(rules).toContain("cert.filename=/run/client.pem");
    expect(rules).toContain("private_key.filename=/run/client.key");
  });

  test("try again as often as the plan says", () => {
    expect(text({})).toContain("connect_attempts_max_retries=0");
    expect(text({ retries: 2 })).toContain("connect_attempts_max_retries=2");
    expect(text({ retries: 2 })).toContain("parent_proxy.total_connect_attempts=2");
  });
});

describe("Traffic Server's processes", () => {
  const several = { upstreams: ["http://127.0.0.2:8001", "http://127.0.0.2:8002"] };

  test("are one for each resolver, for routes with several upstreams, and for each size of a head", () => {
    const changes = [{}, { resolver: "127.0.0.3:5353" }, several, { headLimit: 4_096 }, {}];
    const names = Object.keys(files(changes.map((change, index) => routeOf(change, 9001 + index))));
    expect(names.filter((name) => name.endsWith("/records.config"))).toEqual([
      "process-16384-one-system/records.config",
      "process-16384-one-127.0.0.3-5353/records.config",
      "process-16384-several-system/records.config",
      "process-4096-one-system/records.config",
    ]);
  });

  test("take several upstreams in turn", () => {
    expect(files([routeOf(several)])["parent.config"]).toBe(
      'dest_host=route-1.invalid parent="127.0.0.2:8001;127.0.0.2:8002" round_robin=strict go_direct=false ' +
        "parent_is_proxy=false",
    );
  });

  test("tell how they ended", () => {
    const output = ["process-16384-one-127.0.0.3-5353 ended with exit status 1"];
    expect(ended(routeOf({ resolver: "127.0.0.3:5353" }), output)).toBe("exit status 1");
    expect(ended(routeOf({}), output)).toBeUndefined();
  });
});

describe.each(drivers)("Traffic Server ($via)", (driver) => {
  const needed = async (context: TestContext) => {
    const missing = await driver.missing();
    if (missing !== undefined) skipAloud(context, missing);
  };

  test("says of a route what belongs to it, as soon as it is asked", async (context) => {
    await needed(context);
    await using stand = await openStand();
    const backend = await stand.use(httpBackend((_, response) => response.end("sound")));
    const plans = [[backend.url], ["http://127.0.0.2:9"], []].map((upstreams) => stand.plan({ upstreams }));
    const proxy = await stand.start(driver, plans);
    const answers = await Promise.all(proxy.routes.map((route) => ask(route)));
    expect(answers.map(({ status }) => status)).toEqual([200, 502, 404]);
    expect(await Promise.all(proxy.routes.map((_, index) => proxy.said(index)))).toEqual([
      ['GET TCP_MISS/200 "OK" origin=200 client=FIN server=FIN'],
      ['GET ERR_CONNECT_FAIL/502 "Connection refused" origin=000 client=FIN server=INTR'],
      ['GET ERR_INVALID_URL/404 "Not Found on Accelerator" origin=000 client=FIN server=FIN'],
    ]);
  });
});
