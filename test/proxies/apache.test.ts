import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, type TestContext, test, vi } from "vitest";
import { defaultTimers, type Plan } from "../../harness/plan.ts";
import { configuration } from "../../harness/proxies/apache/configuration.ts";
import drivers from "../../harness/proxies/apache/driver.ts";
import { logged } from "../../harness/proxies/apache/log.ts";
import { cannot } from "../../harness/proxies/apache/means.ts";
import { examplePlan, exampleRoutes } from "./example-routes.ts";
import { openStand, standFor } from "./stand.ts";

// The first start of a container builds its image, from a mirror of packages.
vi.setConfig({ testTimeout: 120_000 });

const text = (change: Partial<Plan>): string => configuration(exampleRoutes(change));

describe("one upstream", () => {
  test("is passed to as it is, with whole seconds, no memory and no retry", () => {
    const conf = text({});
    expect(conf).toContain("<VirtualHost 127.0.0.9:9001>");
    expect(conf).toContain("ErrorLog /run/1.log");
    expect(conf).toMatch(/ProxyPass \/ http:\/\/127\.0\.0\.2:8001\/ connectiontimeout=1 timeout=1 retry=0 /);
    expect(conf).not.toContain("balancer://");
  });

  test("may be a unix socket, and its connections need not be kept", () => {
    const conf = text({ upstreams: ["unix:/run/backend.sock"], keepAlive: false });
    expect(conf).toContain("ProxyPass / unix:/run/backend.sock|http://localhost/");
    expect(conf).toContain("disablereuse=On");
  });

  test("may be limited in connections, and no request waits for one", () => {
    expect(text({ connections: 2 })).toContain("max=2 acquire=1");
  });

  test("without a timer is waited for all day", () => {
    expect(text({ timers: { ...defaultTimers, head: 0 } })).toContain("timeout=86400");
  });
});

describe("several upstreams", () => {
  const upstreams = ["http://127.0.0.2:8001", "http://[::1]:8002"];

  test("share a balancer, which tries another as often as the plan says", () => {
    const conf = text({ upstreams, retries: 1 });
    expect(conf).toContain("BalancerMember http://[::1]:8002 ");
    expect(conf).toContain("maxattempts=1");
    expect(text({ upstreams })).toContain("maxattempts=0");
  });

  test("are asked how they are ten times a second at most", () => {
    const conf = text({ upstreams, health: { path: "/health", every: 50, fall: 2 } });
    expect(conf).toContain("hcmethod=GET hcuri=/health hcexpr=good hcinterval=100ms hcpasses=1 hcfails=2");
  });
});

describe("TLS", () => {
  test("is verified against the plan's authority and the upstream's host", () => {
    const conf = text({ upstreams: ["https://backend.test:443"] });
    expect(conf).toContain("SSLProxyVerify require");
    expect(conf).toContain("SSLProxyCACertificateFile /run/ca.pem");
    expect(conf).toContain("SSLProxyCheckPeerName On");
    expect(conf).toContain("ProxyPreserveHost Off");
  });

  test("is verified but for the name where that is not the upstream's host", () => {
    const conf = text({ upstreams: ["https://127.0.0.2:443"], trust: { ca: "/run/ca.pem", serverName: "a.test" } });
    expect(conf).toContain("SSLProxyVerify require");
    expect(conf).toContain("SSLProxyCheckPeerName Off");
  });

  test("shows the plan's own certificate", () => {
    const identity = { certificate: "/run/client.pem", key: "/run/client.key" };
    const conf = text({ upstreams: ["https://127.0.0.2:443"], trust: { ca: "/run/ca.pem", identity } });
    expect(conf).toMatch(/SSLProxyMachineCertificateFile \S+\/identity_1\.pem/);
  });
});

test("what it has no means for is said", () => {
  expect(cannot(examplePlan({ resolver: "127.0.0.1:53" }))).toContain("resolver");
  expect(cannot(examplePlan({ queue: { most: 1, wait: 100 } }))).toContain("queue");
  expect(cannot(examplePlan({ ejection: { failures: 2, for: 1_000 } }))).toContain("failures");
  expect(cannot(examplePlan({}))).toBeUndefined();
});

describe.each(drivers)("apache ($via)", (driver) => {
  test("says of a route what belongs to it, without time, process and port", async (context: TestContext) => {
    await using stand = await standFor(driver, context);
    const { said } = await stand.askEach(driver, stand.absent);
    await expect
      .poll(said)
      .toEqual(
        ["first", "second"].map((name) => [
          expect.stringMatching(new RegExp(`^\\[proxy:error\\] \\(2\\)No such file.*AH02454: .*/${name}\\.sock`)),
          expect.stringContaining("AH01114"),
          expect.stringMatching(/^503 . "GET \/ HTTP\/1\.1"$/),
        ]),
      );
  });
});

test("a log is read without what mod_ssl says of its start", async () => {
  await using stand = await openStand();
  const path = join(stand.folder, "1.log");
  expect(await logged(path)).toEqual([]);
  await writeFile(path, '[ssl:info] AH01887: Init: Initializing (virtual) servers for SSL\n502 + "GET / HTTP/1.1"\n');
  expect(await logged(path)).toEqual(['502 + "GET / HTTP/1.1"']);
});
