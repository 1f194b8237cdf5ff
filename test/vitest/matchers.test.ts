import { createServer } from "node:http";
import { createServer as createTcpServer } from "node:net";
import request from "supertest";
import { describe, expect, test } from "vitest";
import {
  answer,
  openLab,
  readRequest,
  runScenarios,
  send,
  silence,
  startFault,
  startGateway,
  wire,
} from "../../harness/index.ts";
import { closeServer, listen, trackConnections } from "../../harness/net/listen.ts";
import type { Exchange } from "../../harness/trial.ts";
import "../../harness/vitest/index.ts";

const exchange = (change: Partial<Exchange>): Exchange => ({
  ask: 0,
  at: 0,
  took: 300,
  sending: 0,
  sent: { bytes: 0, first: "" },
  received: { bytes: 0, first: "" },
  ending: "whole",
  outcome: "own(504)",
  response: {
    status: Number(/\d+/.exec(change.outcome ?? "own(504)")?.[0] ?? 200),
    reason: "",
    fields: [["Proxy-Status", "inner; received-status=200, gw; error=connection_read_timeout"]],
    interim: [],
    bodyBytes: 0,
    fromOrigin: change.outcome?.startsWith("own") === false,
    framed: true,
  },
  ...change,
});

/** What a failing matcher says. */
async function complaint(judge: () => unknown): Promise<string> {
  try {
    await judge();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("nothing was complained about");
}

describe("an exchange", () => {
  test("is judged by its outcome, not by its status alone", async () => {
    expect(exchange({ outcome: "own(502)" })).toBeBadGateway();
    expect(exchange({ outcome: "relayed(502)" })).not.toBeBadGateway();
    expect(await complaint(() => expect(exchange({ outcome: "relayed(502)" })).toBeBadGateway())).toContain(
      "the 502 is the backend's, passed on",
    );
  });

  test("by the cause that it names", async () => {
    expect(exchange({})).toBeGatewayTimeout({ cause: "connection_read_timeout" });
    expect(await complaint(() => expect(exchange({})).toBeGatewayTimeout({ cause: "dns_timeout" }))).toBe(
      "expected a 504 of the proxy's own making for dns_timeout\n  got 504, connection_read_timeout, after 300 ms\n  Proxy-Status error=connection_read_timeout, wanted dns_timeout",
    );
  });

  test("by its time", async () => {
    expect(exchange({ took: 299 })).toBeGatewayTimeout({ after: 300 });
    expect(exchange({ took: 2_299 })).toBeGatewayTimeout({ after: 300 });
    const early = () => expect(exchange({ took: 12 })).toBeGatewayTimeout({ after: 300 });
    expect(await complaint(early)).toContain("it came after 12 ms, before the 300 ms were over");
    const late = () => expect(exchange({ took: 400 })).toBeGatewayTimeout({ after: 300, within: 50 });
    expect(await complaint(late)).toContain("it came 100 ms late, at most 50 are allowed");
  });

  test.each(["closed", "hang", "silent", "clean", "raw"] as const)("%s is not broken off", async (outcome) => {
    const { response: _, ...none } = exchange({ outcome });
    const got = ["silent", "clean"].includes(outcome) ? exchange({ outcome }) : { ...none, ending: "fin" as const };
    expect(got).not.toBeBrokenOff();
    expect(await complaint(() => expect(got).toBeBrokenOff())).toMatch(
      /^expected a message broken off behind its head/,
    );
  });
});

test("a trial is judged by all of its exchanges, and a cell by its trial", async () => {
  const cells = await runScenarios({ proxy: "gateway", scenarios: ["crash/refused", "crash/restarting"] });
  const [refused, remedied, restarting] = cells;
  expect(refused).toBeBadGateway({ cause: "connection_refused" });
  expect(refused?.trial).toBeBadGateway();
  expect(remedied).not.toBeBadGateway();
  expect(restarting?.trial?.exchanges).toHaveLength(2);
  expect(await complaint(() => expect(restarting).toBeBadGateway())).toMatch(/got 200.*both ends.*upstream 1/s);
});

describe("a lab's answers", () => {
  const relayed = wire(readRequest(), send(answer("502 Bad Gateway")));

  test.each([
    ["supertest", (url: string) => request(url).get("/")],
    ["fetch", (url: string) => fetch(url)],
  ])("%s: a 502 of the backend's is not the proxy's, and both ends are shown", async (_client, ask) => {
    await using lab = await openLab({ proxy: "gateway", upstreams: [relayed] });
    const response = await ask(lab.url);
    expect(response.status).toBe(502);
    const said = await complaint(() => expect(response).toBeBadGateway());
    expect(said).toContain("the 502 is the backend's, passed on: the proxy made none");
    expect(said).toMatch(/both ends\n +ms +who +act.*upstream 1 +request-read/s);
  });

  test.each([
    ["supertest", (url: string) => request(url).get("/")],
    ["fetch", (url: string) => fetch(url)],
  ])("%s: what was awaited before has its time all the same", async (_client, ask) => {
    const upstreams = [wire(readRequest(), silence())];
    await using lab = await openLab({ proxy: "gateway", upstreams, timers: { head: 100 } });
    const response = await ask(lab.url);
    expect(response).toBeGatewayTimeout({ after: 100, within: 10_000 });
    expect(await complaint(() => expect(response).toBeGatewayTimeout({ after: 60_000 }))).toMatch(
      /it came after \d{3} ms, before the 60000 ms were over/,
    );
  });
});

describe("the answers of whoever stands in front of a fault that was started alone", () => {
  test.each([
    ["supertest", (url: string) => request(url).get("/")],
    ["fetch", (url: string) => fetch(url)],
  ])("%s: a 502 of the fault's is not the proxy's, and its timeline is shown", async (_client, ask) => {
    await using fault = await startFault("control/own-502");
    await using proxy = await startGateway({ upstreams: [fault.url] });
    const said = await complaint(async () => expect(await ask(proxy.url.origin)).toBeBadGateway());
    expect(said).toContain("the 502 is the backend's, passed on: the proxy made none");
    expect(said).toMatch(/both ends\n +ms +who +act.*upstream 1 +request-read/s);
  });

  test.each([
    ["supertest", (url: string) => request(url).get("/")],
    ["fetch", (url: string) => fetch(url)],
  ])("%s: a 502 without the fault's mark is the proxy's", async (_client, ask) => {
    await using fault = await startFault("crash/reset-after-request");
    await using proxy = await startGateway({ upstreams: [fault.url] });
    expect(await ask(proxy.url.origin)).toBeBadGateway({ cause: "connection_terminated" });
  });
});

describe("answers of other servers", () => {
  test.each([
    ["supertest", (url: string) => request(url).get("/")],
    ["fetch", (url: string) => fetch(url)],
  ])("%s: a cause that is not told is not taken for granted", async (_client, ask) => {
    const server = createServer((_, response) => response.writeHead(502).end("no gateway"));
    const connections = trackConnections(server);
    const { port } = await listen(server, { host: "127.0.0.1" });
    await using _server = { [Symbol.asyncDispose]: () => closeServer(server, connections) };
    const response = await ask(`http://127.0.0.1:${port}`);
    expect(response).toBeBadGateway();
    const wanted = () => expect(response).toBeBadGateway({ cause: "connection_refused" });
    expect(await complaint(wanted)).toContain("it has no Proxy-Status with an error");
    await expect(ask(`http://127.0.0.1:${port}`)).not.toBeBrokenOff();
  });

  test.each([
    ["supertest", (url: string) => request(url).get("/")],
    ["fetch", (url: string) => fetch(url).then((response) => response.text())],
  ])("%s: a connection closed without an answer is not broken off", async (_client, ask) => {
    const server = createTcpServer((socket) => socket.once("data", () => socket.end()).on("error", () => {}));
    const connections = trackConnections(server);
    const { port } = await listen(server, { host: "127.0.0.1" });
    await using _server = { [Symbol.asyncDispose]: () => closeServer(server, connections) };
    const said = await complaint(() => expect(ask(`http://127.0.0.1:${port}`)).toBeBrokenOff());
    expect(said).toMatch(/got no response, (socket hang up|fetch failed: other side closed)/);
    await expect(ask(`http://127.0.0.1:${port}`)).not.toBeBadGateway();
  });
});

test.each([undefined, 502, "502", {}, { status: 502 }, null])("%o is no answer", async (nothing) => {
  expect(await complaint(() => expect(nothing).toBeBadGateway())).toMatch(/^wanted what a client got/);
});
