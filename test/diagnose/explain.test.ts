import { describe, expect, test } from "vitest";
import { isCause, recommendedStatus } from "../../harness/cause.ts";
import { explain, recognised } from "../../harness/diagnose/explain.ts";
import { heard } from "../../harness/diagnose/heard.ts";
import { checkedKnowledge, type Knowledge } from "../../harness/diagnose/knowledge.ts";
import { loadKnowledge } from "../../harness/diagnose/load-knowledge.ts";
import { loadScenarios } from "../../harness/folder.ts";
import { causesOf } from "../../harness/scenario.ts";

const [knowledge, scenarios] = await Promise.all([loadKnowledge(), loadScenarios()]);
const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
const explained = (text: string) => explain(text, { knowledge, scenarios });

/** Node's proxies say what Node says. */
const knownAs = (driver: string) => (driver.startsWith("node-") ? "node" : driver);

/** An access log that tells of a success, and says no more: to the proxy nothing was wrong. */
const success = new RegExp(
  [
    String.raw`^\[info\] access: handled request, status 2`,
    String.raw`^2\d\d (?:\d+ (?:[\d.:]+ )?"[^"]*"$|[+-] "|-- |relayed|- via_upstream)`,
    "^BerespStatus 2",
    String.raw`^TCP_MISS/2\d\d \w+ -/-$`,
    String.raw`^\w+ TCP_MISS/2\d\d "[^"]+" origin=2\d\d client=FIN server=FIN$`,
  ].join("|"),
);

/** The pairs in which nothing that was said blames an upstream, and why. */
const silent: Readonly<Record<string, string>> = {
  "caddy: http_response_incomplete or connection_terminated": "of a body that broke off it names no upstream",
  "caddy: http_response_trailer_section_size": "an error in the trailers ends the answer as if it were whole: a 200",
  "h2o: destination_not_found": "a path without a handler is a 404 like any other",
  "h2o: http_response_header_size": "the size of a field is bounded by nothing: a 200",
  "h2o: http_response_timeout": "the timer begins anew with every read: a 200",
  "h2o: http_response_trailer_section_size": "trailers are read over: a 200",
  "nghttpx: http_response_timeout": "the timer begins anew with every read: a 200",
  "squid: http_response_incomplete or connection_terminated": "a body that ends early is a 200, cut for the client",
  "squid: http_response_trailer_section_size": "an answer that is broken off in its trailers is a 200",
  "trafficserver: http_response_timeout": "the timer begins anew with every read: a 200, or a client that leaves",
  "trafficserver: http_response_trailer_section_size": "trailers are relayed unread: a 200",
};

/** H2O's own 404, of which nothing shows that it is its own. */
const unmapped = '404 9 "GET / HTTP/1.1"';

/** One (proxy, cause) pair of the matrix with all that was said. */
interface Pair {
  readonly driver: string;
  readonly causes: string;
  readonly lines: readonly string[];
}

function causesIn(id: string): string {
  const scenario = byId.get(id);
  return scenario ? causesOf(scenario).join(" or ") : "";
}

const pairs: Pair[] = Object.entries(heard).flatMap(([driver, { lines }]) => {
  const told = Object.entries(lines).flatMap(([line, ids]) => ids.map((id) => ({ line, causes: causesIn(id) })));
  const groups = Map.groupBy(told, ({ causes }) => causes);
  return [...groups].map(([causes, members]) => ({
    driver,
    causes,
    lines: [...new Set(members.map(({ line }) => line))],
  }));
});

describe("what the matrix heard", () => {
  test("is of every proxy that runs here, and of scenarios that there are", () => {
    expect(Object.keys(heard)).toEqual(
      expect.arrayContaining([
        "apache",
        "caddy",
        "envoy",
        "gateway",
        "h2o",
        "haproxy",
        "lighttpd",
        "nghttpx",
        "nginx",
        "node-http-proxy",
        "node-httpxy",
        "node-pipe",
        "squid",
        "trafficserver",
        "varnish",
      ]),
    );
    const ids = Object.values(heard).flatMap(({ lines }) => Object.values(lines).flat());
    expect([...new Set(ids)].filter((id) => !byId.has(id))).toEqual([]);
    expect(pairs.length).toBeGreaterThan(400);
  });

  const blamesNobody = ({ driver, lines }: Pair) =>
    lines.every((line) => {
      if (success.test(line) || line === unmapped) return true;
      const { meanings, causes } = explained(line);
      return meanings[0]?.proxy === knownAs(driver) && causes.length === 0; // the client left
    });
  const telling = pairs.filter((pair) => !blamesNobody(pair));

  test("says nothing at all in very few pairs: the proxy took the fault for a success", () => {
    const others = pairs.filter((pair) => !telling.includes(pair));
    expect(others.map(({ driver, causes }) => `${driver}: ${causes}`).sort()).toEqual(Object.keys(silent));
  });

  test.each(telling)("is recognised: $causes, said by $driver", ({ driver, causes, lines }) => {
    const wanted = causes.split(" or ");
    const right = lines.filter((line) => {
      const { meanings, causes } = explained(line);
      // Where a loop goes unnoticed, the 508 of the hop that notices is all there is.
      const own = meanings[0]?.proxy === knownAs(driver) || wanted.includes("proxy_loop_detected");
      return own && causes.some((cause) => wanted.includes(cause));
    });
    expect(right, lines.join("\n")).not.toEqual([]);
  });
});

describe("explain", () => {
  test.each([
    ["upstream prematurely closed connection", "nginx", "connection_terminated"],
    [
      "2026/01/31 10:00:00 [error] 7#7: *1 connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.1",
      "nginx",
      "connection_refused",
    ],
    ["SH--", "haproxy", "connection_terminated"],
    ["app app/one 0/0/-1/-1/300 503 217 - - sC-- 1/1/0/0/3 0/0", "haproxy", "connection_timeout"],
    ["UF", "envoy", "connection_refused"],
    [
      "upstream connect error or disconnect/reset before headers. reset reason: connection termination",
      "envoy",
      "connection_terminated",
    ],
    ["AH01102", "apache", "connection_terminated"],
    ["FetchError first byte timeout", "varnish", "connection_read_timeout"],
    [
      "TCP_MISS/503 HIER_NONE ERR_SECURE_CONNECT_FAIL/SQUID_TLS_ERR_CONNECT+TLS_LIB_ERR=A000086",
      "squid",
      "tls_certificate_error",
    ],
    ["[lib/core/proxy.c] in request:/report:I/O timeout", "h2o", "connection_read_timeout"],
    ['502 11 "GET /report HTTP/1.1" [lib/core/proxy.c] I/O timeout', "h2o", "connection_read_timeout"],
    ['200 40 "GET / HTTP/1.1" [lib/core/proxy.c] I/O error (body; content-length)', "h2o", "http_response_incomplete"],
    ["WARNING: Forwarding loop detected for:", "squid", "proxy_loop_detected"],
    [
      'GET ERR_CONNECT_FAIL/502 "Connection refused" origin=000 client=FIN server=INTR',
      "trafficserver",
      "connection_refused",
    ],
    ["dial tcp 10.0.0.7:80: connect: connection refused", "caddy", "connection_refused"],
    ["no available server", "traefik", "destination_unavailable"],
    ["Error: connect ECONNREFUSED 127.0.0.1:3000", "node", "connection_refused"],
    ['Proxy-Status: ExampleCDN; error=dns_timeout, "edge.example"; received-status=504', "proxy-status", "dns_timeout"],
    ["521", "cloudflare", "connection_refused"],
    ["HTTP/1.1 524", "cloudflare", "connection_read_timeout"],
    ['at=error code=H13 desc="Connection closed without response" status=503', "heroku", "connection_terminated"],
    [
      'h2 2026-01-31T10:00:00Z app/lb 10.0.0.1:4 10.0.0.2:80 0.0 0.0 -1 502 - 34 366 "GET http://a/ HTTP/1.1"',
      "aws-alb",
      "connection_terminated",
    ],
    ["463", "aws-alb", "http_request_error"],
    ["statusDetails: backend_connection_closed_before_data_sent_to_client", "gcp-lb", "connection_terminated"],
    ["ErrorInfo OriginTimeout", "azure-front-door", "connection_read_timeout"],
    ["x-vercel-error: ROUTER_EXTERNAL_TARGET_CONNECTION_ERROR", "vercel", "connection_refused"],
    ["503 Backend.max_conn reached", "fastly", "connection_limit_reached"],
    ["curl: (52) Empty reply from server", "tools", "connection_terminated"],
    [";; ->>HEADER<<- opcode: QUERY, status: SERVFAIL, id: 1", "tools", "dns_error"],
    ["504", "http", "connection_read_timeout"],
    ["502 Bad Gateway", "http", "connection_refused"],
    ["504 Gateway Time-out", "http", "connection_read_timeout"],
    ["<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>", "http", "connection_refused"],
    ["<center><h1>504 Gateway Time-out</h1></center>", "http", "connection_read_timeout"],
    ["503 Connection refused", "fastly", "connection_refused"],
    ['"statusDetails": "internal_error"', "gcp-lb", "proxy_internal_error"],
    ['{"response_code": 503, "response_flags": "URX,UF"}', "envoy", "connection_refused"],
    ["Verify return code: 62 (hostname mismatch)", "tools", "tls_certificate_error"],
  ])("knows %s", (text, proxy, cause) => {
    const { meanings, causes, scenarios } = explained(text);
    expect(meanings[0]?.proxy).toBe(proxy);
    expect(causes).toContain(cause);
    expect(scenarios[0]?.checks).not.toEqual([]);
    expect(scenarios[0]?.remedy).toBeTruthy();
  });

  test("says of a client that left that no upstream failed", () => {
    expect(explained("499")).toMatchObject({ causes: [], meanings: [{ proxy: "http" }] });
  });

  test("says of a hop that answered without asking that no upstream failed", () => {
    expect(explained("Proxy-Status: edge; error=proxy_internal_response")).toMatchObject({
      causes: [],
      meanings: [{ proxy: "proxy-status", meaning: "edge has answered by itself, without asking its upstream." }],
    });
  });

  test("leaves the parameters of Proxy-Status in its words", () => {
    const { meanings } = explained(
      "proxy-status: edge; error=tls_alert_received; alert-id=40; alert-message=handshake_failure",
    );
    expect(meanings[0]?.meaning).toContain("alert-id: 40, alert-message: handshake_failure");
  });

  test("suggests what is near to what it does not recognise", () => {
    const { meanings, similar } = explained("upstraem timd out while connectng to upstream");
    expect(meanings).toEqual([]);
    expect(similar[0]).toEqual({
      said: "upstream timed out (110: Connection timed out) while connecting to upstream",
      by: "nginx",
    });
  });

  test("looks for what is near only where it is asked to: a log has many lines that say nothing", () => {
    expect(recognised("upstraem timd out while connectng to upstream", { knowledge, scenarios })).toBeUndefined();
    const one = "no live upstreams while connecting to upstream";
    expect(recognised(one, { knowledge, scenarios })).toEqual(explained(one));
  });

  test.each([
    "the quick brown fox",
    "GET /520/521 HTTP/1.1 200 522",
    "http://a.example:520/",
    "{}",
    "2026-01-31 10:00:00,000 CRIT Supervisor is running as root",
    "Full SCAN of table orders",
    "redis.exceptions.ConnectionError: [Errno 111] Connection refused",
    'connection to server at "10.0.0.5", port 5432 failed: Connection timed out',
    "server in Washington DC is up",
    "request took SI units",
    "SELECT internal_error FROM t",
    "UPDATE jobs SET client_timed_out = 1",
  ])("takes nothing for something: %s", (text) => expect(explained(text).meanings).toEqual([]));
});

describe("the knowledge", () => {
  test("is of every driver there is, and of the services", () => {
    const known = new Set(knowledge.map(({ proxy }) => proxy));
    for (const driver of Object.keys(heard)) expect(known).toContain(knownAs(driver));
    expect(known).toContain("traefik");
    expect(knowledge.filter(({ kind }) => kind === "managed").length).toBeGreaterThanOrEqual(9);
  });

  test.each(knowledge)("of $title names scenarios that there are, and explains its own words as its own", (each) => {
    for (const { words, scenarios: ids = [], causes } of each.entries) {
      expect(ids.filter((id) => !byId.has(id))).toEqual([]);
      expect(causes.every((cause) => isCause(cause) && recommendedStatus[cause] > 0)).toBe(true);
      const { meanings } = explained(words);
      expect(
        meanings.map(({ proxy }) => proxy),
        words,
      ).toContain(each.proxy);
    }
  });

  test("is refused when it is misspelt, and says where", () => {
    const [sound] = knowledge;
    const entry = sound?.entries[0];
    const wrong = (change: object) => ({ ...sound, entries: [{ ...entry, ...change }] }) as Knowledge;
    expect(() => checkedKnowledge(wrong({ causes: ["bad_luck"] }))).toThrow(/entries\.0\.causes\.0/);
    expect(() => checkedKnowledge(wrong({ scenarios: ["nowhere"] }))).toThrow(/is no id of a scenario/);
    expect(() => checkedKnowledge(wrong({ words: "something else" }))).toThrow(/does not match its own words/);
    expect(() => checkedKnowledge(wrong({ remedy: "…" }))).toThrow(/remedy/);
  });
});
