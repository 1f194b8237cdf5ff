import { createServer, type Server } from "node:http";
import { createServer as createTls } from "node:https";
import { createServer as createTcp } from "node:net";
import { afterAll, describe, expect, test } from "vitest";
import { diagnose } from "../../harness/diagnose/diagnose.ts";
import { causeOf, scenariosOf } from "../../harness/diagnose/diagnosis.ts";
import type { Finding, Layer } from "../../harness/diagnose/layer.ts";
import type { DiagnoseOptions } from "../../harness/diagnose/options.ts";
import { signs } from "../../harness/diagnose/signs.ts";
import { targetOf } from "../../harness/diagnose/target.ts";
import { loadScenarios } from "../../harness/folder.ts";
import { createAuthority } from "../../harness/net/certificates.ts";
import { closeServer, listen, trackConnections } from "../../harness/net/listen.ts";
import { startNameServer } from "../../harness/net/name-server.ts";
import { defaultTimers } from "../../harness/plan.ts";
import { causesOf } from "../../harness/scenario.ts";

const stack = new AsyncDisposableStack();
afterAll(() => stack.disposeAsync());

async function serve(server: Parameters<typeof listen>[0]): Promise<number> {
  const connections = trackConnections(server);
  const { port } = await listen(server, { host: "127.0.0.1" });
  stack.defer(() => closeServer(server, connections));
  return port;
}

/** Long enough that nobody is late on a busy machine; none of these tests waits for one of them. */
const patient: DiagnoseOptions = {
  timers: { ...defaultTimers, resolve: 5_000, connect: 5_000, tls: 5_000, send: 5_000, head: 5_000, idle: 5_000 },
  trust: {},
  headLimit: 16_384,
  keepAlive: true,
  question: { method: "GET", fields: {} },
};

const verdicts = (layers: readonly Layer[]) => Object.fromEntries(layers.map(({ name, verdict }) => [name, verdict]));
const layer = (layers: readonly Layer[], name: string) => layers.find((each) => each.name === name);

const hello = (): Server => createServer((_, response) => void response.end("hello\n"));

describe("diagnose", () => {
  test("follows a sound upstream through every layer, to a second request on the same connection", async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers.host} ${request.headers.connection}`);
      response.end("hello\n");
    });
    const port = await serve(server);
    const { layers, findings, notes } = await diagnose(`http://127.0.0.1:${port}/path?a=b`, patient);
    expect(findings).toEqual([]);
    expect(verdicts(layers)).toEqual({
      resolve: "not needed",
      connect: "ok",
      tls: "not needed",
      request: "ok",
      head: "ok",
      body: "ok",
      reuse: "ok",
    });
    expect(asked).toEqual([`GET /path?a=b 127.0.0.1:${port} undefined`, `GET /path?a=b 127.0.0.1:${port} close`]);
    expect(notes).toEqual([expect.stringContaining("closes idle connections after 5 s")]);
  });

  test("shows who resolved a name, what was answered, and what became of each address", async () => {
    const port = await serve(hello());
    await using names = await startNameServer({
      address: "127.0.0.1",
      answer: ({ name, type }) => ({
        records: type === "A" ? ["127.0.0.1", "127.0.0.2"].map((data) => ({ name, type: "A" as const, data })) : [],
      }),
    });
    const { layers, findings } = await diagnose(`http://app.test:${port}/`, { ...patient, resolver: names.address });
    expect(layer(layers, "resolve")).toMatchObject({ verdict: "ok", says: "app.test is 127.0.0.1, 127.0.0.2" });
    const [server, four, six] = layer(layers, "resolve")?.facts ?? [];
    expect(server).toBe(`asked: ${names.address.replace(":", " port ")}`);
    expect(four).toMatch(/^A: NOERROR, app\.test A 127\.0\.0\.1, app\.test A 127\.0\.0\.2 \(\d/);
    expect(six).toMatch(/^AAAA: NOERROR \(/);
    expect(layer(layers, "connect")?.facts).toEqual([
      expect.stringMatching(`^127.0.0.1:${port}: connected`),
      expect.stringMatching(`^127.0.0.2:${port}: ECONNREFUSED`),
    ]);
    expect(findings).toMatchObject([{ sign: "some-addresses-dead", cause: "connection_refused" }]);
    expect(layer(layers, "reuse")?.verdict).toBe("ok");
  });

  test("shows a certificate that it does not believe, and stops there", async () => {
    const authority = await createAuthority("somebody's own");
    const { key, chain } = await authority.issue({ names: ["shop.test"] });
    const port = await serve(createTls({ key, cert: chain }, (_, response) => void response.end()));
    const { layers, findings } = await diagnose(`https://127.0.0.1:${port}/`, {
      ...patient,
      trust: { serverName: "shop.test" },
    });
    expect(findings).toMatchObject([
      { layer: "tls", sign: "certificate-of-strangers", cause: "tls_certificate_error" },
    ]);
    expect(layer(layers, "tls")?.facts).toEqual([
      "asked for: shop.test",
      expect.stringMatching(/^certificate 1: shop\.test for shop\.test, by somebody's own, valid \d{4}-/),
    ]);
    expect(layer(layers, "request")?.verdict).toBe("not reached");
    const trusting = { ...patient, trust: { serverName: "shop.test", ca: authority.pem } };
    expect((await diagnose(`https://127.0.0.1:${port}/`, trusting)).findings).toEqual([]);
  });

  test("says that https:// is meant, where a port that closes in silence speaks TLS", async () => {
    const authority = await createAuthority("authority");
    const { key, chain } = await authority.issue({ names: ["shop.test"] });
    const port = await serve(createTls({ key, cert: chain }));
    const diagnosis = await diagnose(`http://127.0.0.1:${port}/`, patient);
    expect(diagnosis.findings).toMatchObject([{ sign: "tls-on-plain-port" }]);
    expect(scenariosOf(diagnosis)).toEqual(["config/plain-to-tls-port"]);
    // Of a name that our own resolver knows alone, too.
    await using names = await startNameServer({
      address: "127.0.0.1",
      answer: ({ name, type }) => ({ records: type === "A" ? [{ name, type, data: "127.0.0.1" }] : [] }),
    });
    const named = await diagnose(`http://app.test:${port}/`, { ...patient, resolver: names.address });
    expect(named.findings).toMatchObject([{ sign: "tls-on-plain-port" }]);
  });

  test("does not repeat what could do harm", async () => {
    let count = 0;
    const port = await serve(createServer((_, response) => void response.end(String(++count))));
    const { layers } = await diagnose(`http://127.0.0.1:${port}/`, {
      ...patient,
      question: { method: "POST", fields: {}, body: 10 },
    });
    expect(count).toBe(1);
    expect(layer(layers, "reuse")).toMatchObject({ verdict: "not needed", says: "POST is not asked twice" });
  });

  test("finds no fault of the wire in an upstream's own 503, and says whose it is", async () => {
    const port = await serve(createServer((_, response) => void response.writeHead(503).end()));
    const diagnosis = await diagnose(`http://127.0.0.1:${port}/`, patient);
    expect(diagnosis.findings).toMatchObject([{ layer: "head", sign: "own-error" }]);
    expect(causeOf(diagnosis)).toBeUndefined();
  });

  test("does not wait for the end of a stream, nor call it a fault", async () => {
    const server = createServer((_, response) => {
      const writing = setInterval(() => response.write("data: tick\n\n"), 20);
      response.once("close", () => clearInterval(writing));
    });
    const port = await serve(server);
    const { findings, layers, notes } = await diagnose(`http://127.0.0.1:${port}/`, { ...patient, longest: 200 });
    expect(findings).toEqual([]);
    expect(layer(layers, "body")).toMatchObject({
      verdict: "ok",
      says: expect.stringMatching(/octets so far, chunked$/),
    });
    expect(notes).toEqual([expect.stringContaining("still coming")]);
  });

  test("ends with the signal that it is given, and leaves nothing open", async () => {
    const silent = createTcp();
    const connections = trackConnections(silent);
    const { port } = await listen(silent, { host: "127.0.0.1" });
    const interruption = new AbortController();
    const passed = (name: string) => name === "tls" && interruption.abort(new Error("enough"));
    const looking = diagnose(`http://127.0.0.1:${port}/`, { ...patient, signal: interruption.signal, passed });
    await expect(looking).rejects.toThrow("enough");
    await closeServer(silent, connections);
  });
});

describe("a target", () => {
  test.each([
    ["http://app.test/", { tls: false, host: "app.test", port: 80, path: "/", authority: "app.test" }],
    ["https://[::1]:8443/a?b=c", { tls: true, host: "::1", port: 8443, path: "/a?b=c", authority: "[::1]:8443" }],
    ["unix:/run/app.sock", { tls: false, socketPath: "/run/app.sock", path: "/", authority: "localhost" }],
    ["unix:/run/app.sock:/health", { socketPath: "/run/app.sock", path: "/health" }],
  ])("is read from %s", (url, target) => expect(targetOf(url)).toMatchObject(target));

  test.each(["ftp://app.test/", "app.test:80", "unix:app.sock", "http://user:secret@app.test/"])(
    "is none: %s",
    (url) => {
      expect(() => targetOf(url)).toThrow(/wanted/);
      expect(() => targetOf(url)).not.toThrow(/secret/);
    },
  );
});

describe("the signs", () => {
  test("are those of scenarios that there are, and every scenario that one upstream can show has one", async () => {
    const scenarios = await loadScenarios();
    const ids = new Set(scenarios.map(({ id }) => id));
    const shown: ReadonlySet<string> = new Set(Object.values(signs).flat());
    expect([...shown].filter((id) => !ids.has(id))).toEqual([]);
    const failing = scenarios.filter((scenario) => causesOf(scenario).length > 0 && !scenario.id.startsWith("chain/"));
    // In order: there is no proxy, no upstream; the limit is the proxy's own.
    expect(failing.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([
      "config/loop",
      "config/no-upstream",
      "exhaustion/proxy-pool",
    ]);
  });

  test("of the finding that gives the cause come first", () => {
    const findings: Finding[] = [
      { layer: "head", sign: "upload-refused", says: "413" },
      { layer: "body", sign: "reset-in-body", cause: "connection_terminated", says: "reset" },
    ];
    expect(scenariosOf({ findings })).toEqual([...signs["reset-in-body"], ...signs["upload-refused"]]);
  });
});
