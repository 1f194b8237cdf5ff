import { once } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { BodyInspector, describedBody } from "../../harness/body.ts";
import type { Request } from "../../harness/client.ts";
import { askOnce, nonce, notedClient, rawServer } from "./raw-server.ts";
import { ResetBehindAnswer } from "./reset-behind-answer.ts";

const megabytes = 1024 * 1024;
const refusal = "HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n";
const accepted = `HTTP/1.1 200 OK\r\nX-Origin: ${nonce}\r\nContent-Length: 0\r\n\r\n`;

const upload = (octets: number): Partial<Request> => ({ method: "POST", body: describedBody(nonce, octets) });

test("a body of 16 MiB arrives whole at a slow reader", async () => {
  const inspector = new BodyInspector();
  let octets = 0;
  const reply = await askOnce(
    (socket) => {
      let body = false;
      socket.on("data", (bytes) => {
        const piece = body ? bytes : bytes.subarray(bytes.indexOf("\r\n\r\n") + 4);
        body = true;
        inspector.feed(piece);
        octets += piece.length;
        socket.pause();
        setImmediate(() => socket.resume());
        if (octets === 16 * megabytes) socket.write(accepted);
      });
    },
    upload(16 * megabytes),
  );
  expect(reply).toMatchObject({ outcome: "clean" });
  expect(reply.sent.bytes).toBeGreaterThan(16 * megabytes);
  expect(inspector.inspection()).toEqual({ nonce, intact: true });
  expect(reply.acts).toContain(`body sent: ${16 * megabytes}`);
});

describe("an early refusal", () => {
  test("is seen while the body is still going out, and stops it", async () => {
    const reply = await askOnce(
      (socket) => socket.once("data", () => socket.pause().write(refusal)),
      upload(16 * megabytes),
    );
    expect(reply).toMatchObject({ outcome: "own(413)", ending: "whole" });
    expect(reply.sent.bytes).toBeLessThan(16 * megabytes);
    expect(reply.acts.some((act) => act.startsWith("body sent"))).toBe(false);
  });

  test("leaves no connection to ask on again", async () => {
    await using server = await rawServer((socket) => socket.once("data", () => socket.pause().write(refusal)));
    const { client, acts } = notedClient(server.url);
    await using asking = client;
    await asking.ask({
      path: "/",
      fields: {},
      on: "fresh",
      method: "POST",
      body: describedBody(nonce, 16 * megabytes),
    });
    await asking.ask({ path: "/", fields: {}, on: "same", method: "GET" });
    expect(acts).toContain("reopened");
  });

  test("is not spoiled by an RST that has come before the client could read it", async () => {
    await using server = await ResetBehindAnswer.open(accepted, refusal);
    await using client = notedClient(server.url).client;
    await client.ask({ method: "GET", path: "/", fields: {}, on: "fresh" });
    server.answerAndReset();
    const second = await client.ask({
      method: "POST",
      path: "/",
      fields: {},
      on: "same",
      body: describedBody(nonce, 100),
    });
    expect(second).toMatchObject({ outcome: "own(413)", ending: "whole" });
  });

  test("broken off by an RST is a cut, though the write has met the RST first", async () => {
    await using server = await ResetBehindAnswer.open(accepted, "HTTP/1.1 413 Content Too Large\r\n\r\nToo");
    await using client = notedClient(server.url).client;
    await client.ask({ method: "GET", path: "/", fields: {}, on: "fresh" });
    server.answerAndReset();
    const second = await client.ask({
      method: "POST",
      path: "/",
      fields: {},
      on: "same",
      body: describedBody(nonce, 100),
    });
    expect(second).toMatchObject({ outcome: "cut", ending: "rst", response: { status: 413, bodyBytes: 3 } });
  });
});

describe("Expect: 100-continue", () => {
  test("holds the body back until the 100", async () => {
    let before = "";
    const reply = await askOnce(
      async (socket) => {
        before = String((await once(socket, "data"))[0]);
        socket.write("HTTP/1.1 100 Continue\r\n\r\n");
        await once(socket, "data");
        socket.write(accepted);
      },
      { ...upload(100), expect: true },
    );
    expect(before).toMatch(/\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n$/);
    expect(reply).toMatchObject({ outcome: "clean", response: { interim: [100] } });
    expect(reply.acts).toEqual([
      "asked: POST /",
      "interim: 100",
      "body sent: 100",
      "head: 200 OK",
      "answered: clean, whole",
    ]);
  });

  test("sends no body behind a final answer, and does not use the connection again", async () => {
    await using server = await rawServer((socket) => socket.once("data", () => socket.write(refusal)));
    const { client, acts } = notedClient(server.url);
    await using asking = client;
    const request: Request = {
      method: "POST",
      path: "/",
      fields: {},
      on: "fresh",
      body: describedBody(nonce, 100),
      expect: true,
    };
    const reply = await asking.ask(request);
    expect(reply).toMatchObject({ outcome: "own(413)" });
    expect(reply.sent.first.endsWith("\r\n\r\n")).toBe(true);
    await asking.ask({ ...request, on: "same" });
    expect(acts).toContain("reopened");
  });

  test("waits for either until its patience ends", async () => {
    const reply = await askOnce((socket) => socket.resume(), { ...upload(100), expect: true }, 60);
    expect(reply).toMatchObject({ outcome: "hang", ending: "deadline" });
    expect(reply.sent.first.endsWith("\r\n\r\n")).toBe(true);
  });
});

test("a body that nobody reads hangs until the patience ends", async () => {
  expect(await askOnce((socket) => socket.pause(), upload(16 * megabytes), 100)).toMatchObject({ outcome: "hang" });
});

test("a response of 64 MiB is not kept in memory", async () => {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const held = () => {
    collect();
    return process.memoryUsage().arrayBuffers;
  };
  const body = describedBody(nonce, 64 * megabytes);
  const before = held();
  let grown = Number.POSITIVE_INFINITY;
  const reply = await askOnce((socket) => {
    socket.once("data", () => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`);
      socket.write(body.subarray(0, -1), () => {
        grown = held() - before;
        socket.write(body.subarray(-1));
      });
    });
  });
  expect(reply).toMatchObject({ outcome: "clean", response: { intact: true, bodyBytes: body.length } });
  expect(grown).toBeLessThan(8 * megabytes);
});
