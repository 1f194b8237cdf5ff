import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, test } from "vitest";
import { get, onRequest, stand, statusOf } from "./stand.ts";

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
const answering = (socket: Socket) => onRequest(socket, () => socket.write(ok));

test("a connection is used again", async () => {
  await using scene = await stand(answering);
  for (let count = 0; count < 3; count++) expect(statusOf(await scene.ask(get()))).toBe(200);
  expect(scene.heard).toHaveLength(1);
  expect(scene.records.map(({ upstreams }) => upstreams[0]?.reused)).toEqual([undefined, true, true]);
});

test("without keep-alive every request has its own, and says so", async () => {
  await using scene = await stand(answering, { keepAlive: false });
  await scene.ask(get());
  await scene.ask(get());
  expect(scene.heard).toHaveLength(2);
  for (const heard of scene.heard) expect(heard).toMatch(/^Connection: close\r$/m);
});

test("an upstream that says close is taken at its word", async () => {
  await using scene = await stand((socket) =>
    onRequest(socket, () => socket.end("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello")),
  );
  await scene.ask(get());
  expect(statusOf(await scene.ask(get()))).toBe(200);
  expect(scene.heard).toHaveLength(2);
});

test("an idle connection that ends is dropped, and a fresh one is used", async () => {
  const ended = Promise.withResolvers<void>();
  await using scene = await stand((socket) =>
    onRequest(socket, () => {
      socket.write(ok);
      setTimeout(() => socket.end(), 20);
      socket.once("close", () => ended.resolve());
    }),
  );
  await scene.ask(get());
  await ended.promise;
  expect(statusOf(await scene.ask(get()))).toBe(200);
  expect(scene.heard).toHaveLength(2);
});

test("a failure on the client's own kept connection is answered as on a fresh one", async () => {
  await using scene = await stand((socket) =>
    onRequest(socket, (request) => (request === 0 ? socket.write(ok) : socket.resetAndDestroy())),
  );
  const client = connect(Number(scene.gateway.url.port), "127.0.0.1");
  let received = "";
  client.on("data", (chunk) => {
    received += chunk.toString("latin1");
    if (received.endsWith("hello")) client.write(get().replace("GET", "POST"));
  });
  client.write(get().replace("Connection: close\r\n", ""));
  await once(client, "close");
  expect(received).toMatch(/^HTTP\/1\.1 200 .*helloHTTP\/1\.1 502 /s);
  expect(scene.heard).toHaveLength(1);
});

test("a response that comes before its request is refused, and the connection is not used again", async () => {
  await using scene = await stand((socket) => {
    socket.write(ok);
    answering(socket);
  });
  for (let count = 0; count < 5; count++) {
    const reply = await scene.ask(get());
    expect([200, 502]).toContain(statusOf(reply));
  }
  expect(scene.heard).toHaveLength(5);
});
