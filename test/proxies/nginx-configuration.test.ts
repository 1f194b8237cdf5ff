import { describe, expect, test } from "vitest";
import { defaultTimers, type Plan } from "../../harness/plan.ts";
import { configuration } from "../../harness/proxies/nginx/configuration.ts";
import { exampleRoutes } from "./example-routes.ts";

const text = (change: Partial<Plan>): string => configuration(exampleRoutes(change));

describe("upstreams", () => {
  test("that are addresses go through an upstream block, kept open and never ejected", () => {
    const conf = text({ upstreams: ["http://127.0.0.2:8001", "http://[::1]:8002"] });
    expect(conf).toContain("server 127.0.0.2:8001 max_fails=0;");
    expect(conf).toContain("server [::1]:8002 max_fails=0;");
    expect(conf).toMatch(/keepalive \d+;/);
    expect(conf).toContain("proxy_pass http://route_1;");
  });

  test("that are not to be kept are told so", () => {
    const conf = text({ keepAlive: false });
    expect(conf).not.toMatch(/keepalive \d+;/);
    expect(conf).toContain("proxy_set_header Connection $connection_once;");
  });

  test("with a name and a resolver are resolved for each request", () => {
    const conf = text({ upstreams: ["http://backend.test:81"], resolver: "127.0.0.3:5353" });
    expect(conf).toContain("resolver 127.0.0.3:5353 ipv6=on;");
    expect(conf).toContain("set $origin http://backend.test:81;");
    expect(conf).not.toContain("upstream route_1");
  });

  test("with a name alone are resolved by the system, when nginx starts", () => {
    expect(text({ upstreams: ["http://localhost:81"] })).toContain("server localhost:81 max_fails=0;");
  });

  test("may be a unix socket", () => {
    expect(text({ upstreams: ["unix:/run/backend.sock"] })).toContain("server unix:/run/backend.sock max_fails=0;");
  });

  test("may be limited in connections, and left out for whole seconds after failures", () => {
    const conf = text({ connections: 2, ejection: { failures: 3, for: 1_500 } });
    expect(conf).toContain("server 127.0.0.2:8001 max_fails=3 fail_timeout=2s max_conns=2;");
  });

  test("must be of one scheme", () => {
    expect(() => text({ upstreams: ["http://127.0.0.2:1", "https://127.0.0.2:2"] })).toThrow("one scheme");
  });
});

describe("TLS", () => {
  test("is verified against the plan's authority and the upstream's host", () => {
    const conf = text({ upstreams: ["https://backend.test:443"] });
    expect(conf).toContain("proxy_ssl_verify on;");
    expect(conf).toContain("proxy_ssl_trusted_certificate /run/ca.pem;");
    expect(conf).toContain("proxy_ssl_name backend.test;");
    expect(conf).toContain("proxy_ssl_server_name on;");
    expect(conf).not.toContain("proxy_ssl_certificate ");
  });

  test("takes the name and the identity of the plan", () => {
    const identity = { certificate: "/run/client.pem", key: "/run/client.key" };
    const trust = { ca: "/run/ca.pem", serverName: "other.test", identity };
    const conf = text({ upstreams: ["https://127.0.0.2:443"], trust });
    expect(conf).toContain("proxy_ssl_name other.test;");
    expect(conf).toContain("proxy_ssl_certificate /run/client.pem;");
    expect(conf).toContain("proxy_ssl_certificate_key /run/client.key;");
  });
});

describe("timers", () => {
  test("are four, in milliseconds", () => {
    const conf = text({ timers: { ...defaultTimers, connect: 101, send: 102, head: 103, resolve: 104 } });
    expect(conf).toContain("proxy_connect_timeout 101ms;");
    expect(conf).toContain("proxy_send_timeout 102ms;");
    expect(conf).toContain("proxy_read_timeout 103ms;");
    expect(conf).toContain("resolver_timeout 104ms;");
  });

  test("that are off do not run out at once", () => {
    expect(text({ timers: { ...defaultTimers, connect: 0 } })).toContain("proxy_connect_timeout 1d;");
  });
});

test("a retry is one try more", () => {
  expect(text({})).toContain("proxy_next_upstream off;");
  expect(text({ retries: 1 })).toContain("proxy_next_upstream_tries 2;");
});
