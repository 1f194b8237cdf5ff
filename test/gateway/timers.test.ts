import { connect, type Socket } from "node:net";
import { expect, test } from "vitest";
import { ask, errorOf, get, onRequest, shortTimers, stand, statusOf } from "./stand.ts";

const headOf = (length: number) => `HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n`;

/** Sends pieces one after another, each `gap` milliseconds after the one before. */
function drip(socket: Socket, pieces: readonly string[], gap: number): void {
  let next = 0;
  const tick = setInterval(() => {
    const piece = pieces[next++];
    if (piece === undefined || socket.destroyed) clearInterval(tick);
    else socket.write(piece);
  }, gap);
}

const late: Record<string, { play: (socket: Socket) => void; error: string }> = {
  "no answer": { play: (socket) => onRequest(socket, () => {}), error: "connection_read_timeout" },
  "half a head, then silence": {
    play: (socket) => onRequest(socket, () => socket.write("HTTP/1.1 200 OK\r\nX-")),
    error: "connection_read_timeout",
  },
  "a dripping head": {
    play: (socket) => onRequest(socket, () => drip(socket, [...headOf(5).repeat(10)], 20)),
    error: "http_response_timeout",
  },
  "interim responses for ever": {
    play: (socket) => onRequest(socket, () => drip(socket, Array(200).fill("HTTP/1.1 103 Early Hints\r\n\r\n"), 25)),
    error: "http_response_timeout",
  },
};

for (const [what, { play, error }] of Object.entries(late)) {
  test(`${what}: 504 ${error} at the head timer`, async () => {
    await using scene = await stand(play);
    const reply = await scene.ask(get());
    expect([statusOf(reply), errorOf(reply)]).toEqual([504, error]);
    expect(reply.took).toBeGreaterThanOrEqual(shortTimers.head);
    expect(reply.took).toBeLessThan(shortTimers.head + 1_000);
  });
}

test("an answer at half the head timer is relayed", async () => {
  const head = 2_000;
  await using scene = await stand(
    (socket) => onRequest(socket, () => setTimeout(() => socket.write(`${headOf(5)}hello`), head / 2)),
    { timers: { ...shortTimers, head } },
  );
  expect((await scene.ask(get())).text).toMatch(/hello$/);
});

test("a body that stops is cut at the idle timer", async () => {
  await using scene = await stand((socket) => onRequest(socket, () => socket.write(`${headOf(10)}hello`)));
  const reply = await scene.ask(get());
  expect(reply.text).toMatch(/^HTTP\/1\.1 200 .*hello$/s);
  expect(reply.took).toBeGreaterThanOrEqual(shortTimers.idle);
  expect(scene.records.map(({ outcome, cause }) => [outcome, cause])).toEqual([["cut", "connection_read_timeout"]]);
});

test("a body that drips within the idle timer comes whole", async () => {
  const idle = 1_000; // the body as a whole takes longer
  await using scene = await stand(
    (socket) => onRequest(socket, () => drip(socket, [headOf(5), "h", "e", "l", "l", "o"], 250)),
    { timers: { ...shortTimers, head: idle, idle } },
  );
  expect((await scene.ask(get())).text).toMatch(/hello$/);
});

test("an endless body is cut at the total timer", async () => {
  await using scene = await stand(
    (socket) => onRequest(socket, () => drip(socket, [headOf(5_000), ...Array(200).fill("x")], 20)),
    { timers: { ...shortTimers, total: 300 } },
  );
  const reply = await scene.ask(get());
  expect(reply.took).toBeGreaterThanOrEqual(300);
  expect(scene.records.map(({ outcome, cause }) => [outcome, cause])).toEqual([["cut", "http_response_timeout"]]);
});

test("an upload that nobody reads: 504 at the send timer", async () => {
  await using scene = await stand((socket) => {
    socket.pause();
    process.nextTick(() => socket.pause());
  });
  const size = 32 * 1024 * 1024;
  const reply = await scene.ask(
    `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${size}\r\nConnection: close\r\n\r\n${"x".repeat(size)}`,
  );
  expect([statusOf(reply), errorOf(reply)]).toEqual([504, "connection_write_timeout"]);
  expect(reply.took).toBeGreaterThanOrEqual(shortTimers.send);
});

test("a client that uploads slowly sets off no timer", async () => {
  await using scene = await stand((socket) => {
    let heard = "";
    socket.on("data", (chunk) => {
      heard += chunk.toString("latin1");
      if (heard.endsWith("hello")) socket.write(`${headOf(2)}ok`);
    });
  });
  const client = connect(Number(scene.gateway.url.port), "127.0.0.1");
  client.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nConnection: close\r\n\r\n");
  drip(client, [..."hello"], shortTimers.send * 1.3);
  const text: string = await new Promise((resolve) => {
    let received = "";
    client.on("data", (chunk) => {
      received += chunk.toString("latin1");
    });
    client.once("close", () => resolve(received));
  });
  expect(text).toMatch(/^HTTP\/1\.1 200 .*ok$/s);
});

test("a client that reads slowly does not set off the idle timer", async () => {
  const size = 16 * 1024 * 1024;
  await using scene = await stand((socket) => onRequest(socket, () => socket.write(headOf(size) + "x".repeat(size))));
  const client = connect(Number(scene.gateway.url.port), "127.0.0.1");
  client.write(get());
  client.pause();
  let received = 0;
  await new Promise<void>((resolve) => {
    setTimeout(() => client.resume(), shortTimers.idle * 4);
    client.on("data", (chunk) => {
      received += chunk.length;
    });
    client.once("close", () => resolve());
  });
  expect(received).toBeGreaterThan(size);
  expect(scene.records.map(({ outcome }) => outcome)).toEqual(["relayed"]);
});

test("an expectation that nobody meets: 504 at the head timer, and the connection is closed", async () => {
  await using scene = await stand((socket) => onRequest(socket, () => {}));
  const reply = await ask(
    scene.gateway.url,
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n",
  );
  expect([statusOf(reply), errorOf(reply), reply.ending]).toEqual([504, "connection_read_timeout", "fin"]);
  expect(reply.text).not.toContain("100 Continue");
});

test("an expectation that is met: the 100 comes from the upstream, and the head timer starts anew", async () => {
  const [head, pause] = [1_000, 600]; // both pauses together are longer than the timer
  await using scene = await stand(
    (socket) => {
      onRequest(socket, () => setTimeout(() => socket.write("HTTP/1.1 100 Continue\r\n\r\n"), pause));
      socket.on("data", (chunk) => {
        if (chunk.toString("latin1").endsWith("hello")) setTimeout(() => socket.write(`${headOf(2)}ok`), pause);
      });
    },
    { timers: { ...shortTimers, head } },
  );
  const client = connect(Number(scene.gateway.url.port), "127.0.0.1");
  client.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
  const text: string = await new Promise((resolve) => {
    let received = "";
    client.on("data", (chunk) => {
      received += chunk.toString("latin1");
      if (received.endsWith("100 Continue\r\n\r\n")) client.write("hello");
    });
    client.once("close", () => resolve(received));
  });
  expect(text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK.*ok$/s);
  expect(scene.heard[0]).toContain("Expect: 100-continue");
});
