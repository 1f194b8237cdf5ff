import { once } from "node:events";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { connect as connectSecurely } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadScenarios } from "../../harness/folder.ts";
import { defaultTimers } from "../../harness/plan.ts";
import { type Service, startService } from "../../harness/service/service.ts";
import type { TrialRecord } from "../../harness/service/trials.ts";

const scenarios = await loadScenarios();
const beforeRequest = scenarios.filter(({ id }) => /^(crash\/close-on-accept|tls\/expired)$/.test(id));
let service: Service;
let logged: string[];
beforeAll(async () => {
  logged = [];
  service = await startService({
    scenarios,
    host: "127.0.0.1",
    port: 0,
    tlsPort: 0,
    timers: defaultTimers,
    seed: 1,
    onFault: (line) => void logged.push(line),
  });
});
afterAll(() => service[Symbol.asyncDispose]());

interface Answer {
  /** Of the response, or the code with which there was none. */
  readonly came: number | string;
  readonly body: string;
  readonly whole: boolean;
}

async function ask(path: string, fields: Record<string, string> = {}, agent: Agent | false = false): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const asked = request({ host: "127.0.0.1", port: service.port, path, headers: fields, agent });
  asked.on("error", (error: NodeJS.ErrnoException) => resolve({ came: error.code ?? "", body: "", whole: false }));
  asked.on("response", (response) => {
    let body = "";
    response.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    response.on("error", () => {});
    response.on("close", () => resolve({ came: response.statusCode ?? 0, body, whole: response.complete }));
  });
  asked.end();
  return promise;
}

async function record(trial: string): Promise<TrialRecord> {
  return JSON.parse((await ask(`/_badgateway/trials/${trial}`)).body);
}

describe("a request gets the fault", () => {
  test("that its path names, whatever stands behind", async () => {
    expect(await ask("/crash/reset-after-request")).toMatchObject({ came: "ECONNRESET" });
    expect(await ask("/control/own-502/orders?page=2")).toMatchObject({ came: 502, whole: true });
    expect(await ask("/crash/close-mid-body")).toMatchObject({ came: 200, whole: false });
    expect(await ask("/control/healthy")).toMatchObject({ came: 200, whole: true });
  });

  test("that its field names, which counts for more; a real process dies of it", async () => {
    expect(await ask("/control/healthy", { "X-Fault": "crash/process-killed" })).toMatchObject({ came: "ECONNRESET" });
  });

  test("after a while, told in terms of its own timers", async () => {
    const begun = performance.now();
    expect(await ask("/orders", { "X-Fault": "slow/late-answer; after=100ms; head=20ms" })).toMatchObject({
      came: 200,
    });
    expect(performance.now() - begun).toBeGreaterThan(100 + 3 * 20 - 5);
    expect(performance.now() - begun).toBeLessThan(100 + 3 * 300); // with the timers of the service
  });

  test("on a kept connection, which leads to another one with the next request", async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const first = await ask("/control/healthy", {}, agent);
    const [socket] = Object.values(agent.freeSockets).flatMap((sockets) => sockets ?? []);
    expect(first).toMatchObject({ came: 200, whole: true });
    expect(await ask("/control/own-503", {}, agent)).toMatchObject({ came: 503, whole: true });
    expect(await ask("/", {}, agent)).toMatchObject({ came: 200, whole: true });
    expect(await ask("/control/healthy", {}, agent)).toMatchObject({ came: 200, whole: true });
    expect(Object.values(agent.freeSockets).flat()[0]).toBe(socket);
    expect(await ask("/crash/reset-after-request", {}, agent)).toMatchObject({ came: "ECONNRESET" });
    agent.destroy();
  });

  test("and its record is kept under the trial's name, the origin's mark too", async () => {
    await ask("/crash/reset-after-request", { "X-Trial": "0123abcd" });
    const { scenario, timeline, connections } = await record("0123abcd");
    expect(scenario).toBe("crash/reset-after-request");
    expect(timeline.map(({ act }) => act)).toEqual(["accepted", "request-read", "rst"]);
    expect(connections[0]?.received.first).toMatch(/^GET \/crash\/reset-after-request HTTP\/1\.1\r\n/);
    const { body } = await ask("/control/healthy", { "X-Trial": "abcdef01" });
    expect(body).toMatch(/^abcdef01 100 /);
    expect(logged.some((line) => line.endsWith("→ control/healthy, trial abcdef01"))).toBe(true);
  });
});

test("what comes behind the last request of a connection belongs to nobody", async () => {
  const socket = connect(service.port, "127.0.0.1");
  socket.write("GET /control/healthy HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  socket.write("GET /control/own-502 HTTP/1.1\r\nHost: a\r\nX-Trial: 0badcafe\r\n\r\n");
  const came = await text(socket);
  expect(came).toMatch(/^HTTP\/1\.1 200 /);
  expect(came.match(/HTTP\/1\.1 /g)).toHaveLength(1); // no line ends the body: a second one would stand right behind it
  expect((await ask("/_badgateway/trials/0badcafe")).came).toBe(404);
});

describe("what it cannot do it says", () => {
  test.each([
    ["/crash/reset-after-reqest", {}, 404, "no fault is called “crash/reset-after-reqest”"],
    ["/orders", {}, 404, "wanted a fault, as in /crash/reset-after-request"],
    ["/slow/late-answer?after=soon", {}, 400, "after: wanted a time such as 200ms or 5s, got “soon”"],
    ["/", { "X-Fault": "slow/late-answer; afer=5s" }, 400, "got “afer”"],
    ["/control/healthy", { "X-Trial": "mine" }, 400, "X-Trial: wanted eight hex digits, got “mine”"],
    ["/crash/refused", {}, 409, "crash/refused comes before there is a request"],
    ["/tls/expired", {}, 409, "at the TLS port, by the name expired.upstream.test"],
    ["/_badgateway/trials/ffffffff", {}, 404, "no trial “ffffffff” is known here"],
  ])("%s %j", async (path, fields, status, text) => {
    const answer = await ask(path, fields);
    expect(answer).toMatchObject({ came: status, whole: true });
    expect(answer.body).toContain(text);
  });
});

describe("the index", () => {
  test("lists every fault as JSON, with how to ask for it", async () => {
    const { faults } = JSON.parse((await ask("/")).body);
    expect(faults.length).toBeGreaterThan(100);
    expect(faults).toContainEqual(expect.objectContaining({ id: "slow/never-answers", path: "/slow/never-answers" }));
    expect(faults).toContainEqual(expect.objectContaining({ id: "tls/expired", serverName: "expired.upstream.test" }));
  });

  test("is a page for a browser, every fault a link", async () => {
    const { body } = await ask("/", { Accept: "text/html,application/xhtml+xml" });
    expect(body).toMatch(/^<!doctype html>/);
    expect(body).toContain('<a href="/crash/reset-after-request">');
  });
});

describe("TLS", () => {
  /** How a handshake ends, for a client that trusts the service's authority. */
  async function handshake(name: string): Promise<string> {
    const socket = connectSecurely({
      host: "127.0.0.1",
      port: service.tlsPort ?? 0,
      servername: name,
      ca: service.authority,
    });
    try {
      await once(socket, "secureConnect");
      return "done";
    } catch (error) {
      return error instanceof Error && "code" in error ? String(error.code) : String(error);
    } finally {
      socket.destroy();
    }
  }

  test.each([
    ["expired", "CERT_HAS_EXPIRED"],
    ["wrong-host", "ERR_TLS_CERT_ALTNAME_INVALID"],
    ["self-signed", "DEPTH_ZERO_SELF_SIGNED_CERT"],
    ["reset-after-request", "done"],
    ["reset-in-handshake", "ECONNRESET"],
    ["no-such-fault", "ERR_SSL_TLSV1_UNRECOGNIZED_NAME"],
  ])("the server name chooses: %s", async (fault, how) => {
    expect(await handshake(`${fault}.upstream.test`)).toBe(how);
  });
});

test("what no request can choose has a port of its own, where one is told", async () => {
  const { freePlace } = await import("../check/proxies.ts");
  const { address, port } = await freePlace();
  const options = { scenarios: beforeRequest, host: address, port: 0, timers: defaultTimers, seed: 1 };
  await using each = await startService({ ...options, eachFrom: port });
  expect(each.listed).toEqual([
    expect.objectContaining({ id: "crash/close-on-accept", port }),
    expect.objectContaining({ id: "tls/expired", port: port + 1 }),
  ]);
  const socket = connect(port, address);
  socket.resume();
  await once(socket, "end");
  socket.destroy();
});
