import { once } from "node:events";
import { expect, test } from "vitest";
import type { Request } from "../../harness/client.ts";
import { nonce, notedClient, rawServer } from "./raw-server.ts";

const ask: Request = { method: "GET", path: "/", fields: {}, on: "same" };
const fresh: Request = { ...ask, on: "fresh" };
const answer = (fields = "") => `HTTP/1.1 200 OK\r\nX-Origin: ${nonce}\r\n${fields}Content-Length: 0\r\n\r\n`;

test("a kept connection carries the next request, a fresh one does not", async () => {
  await using server = await rawServer((socket) => socket.on("data", () => socket.write(answer())));
  const { client, acts } = notedClient(server.url);
  await using asking = client;
  for (const request of [fresh, ask, ask]) expect(await asking.ask(request)).toMatchObject({ outcome: "clean" });
  expect(server.accepted).toBe(1);
  await asking.ask(fresh);
  expect(server.accepted).toBe(2);
  expect(acts).not.toContain("reopened");
});

test("many at once are carried by as many connections", async () => {
  await using server = await rawServer((socket) => socket.on("data", () => socket.write(answer())));
  await using client = notedClient(server.url).client;
  const replies = await Promise.all(Array.from({ length: 50 }, () => client.ask(fresh)));
  expect(new Set(replies.map(({ outcome }) => outcome))).toEqual(new Set(["clean"]));
  expect(server.accepted).toBe(50);
});

test.each([
  ["Connection: close", answer("Connection: close\r\n")],
  ["bytes after the message", `${answer()}HTTP/1.1 200 OK\r\n`],
  ["an upgrade", `HTTP/1.1 101 Switching Protocols\r\nX-Origin: ${nonce}\r\n\r\n`],
])("%s leaves no connection to ask on again", async (_, text) => {
  await using server = await rawServer((socket) => socket.on("data", () => socket.write(text)));
  const { client, acts } = notedClient(server.url);
  await using asking = client;
  await asking.ask(fresh);
  await asking.ask(ask);
  expect(server.accepted).toBe(2);
  expect(acts).toContain("reopened");
});

test("a connection that the proxy has ended meanwhile is opened anew", async () => {
  await using server = await rawServer((socket, turn) => {
    socket.on("data", () => (turn === 1 ? socket.end(answer()) : socket.write(answer())));
  });
  const disconnected = Promise.withResolvers<void>();
  const { client, acts } = notedClient(server.url, 5_000, (act) => act === "disconnected" && disconnected.resolve());
  await using asking = client;
  await asking.ask(fresh);
  await disconnected.promise;
  expect(await asking.ask(ask)).toMatchObject({ outcome: "clean" });
  expect(acts).toEqual(expect.arrayContaining(["disconnected: fin", "reopened"]));
});

test("a proxy that hangs up on the second request has closed it without a byte", async () => {
  await using server = await rawServer(async (socket) => {
    await once(socket, "data");
    socket.write(answer());
    await once(socket, "data");
    socket.end();
  });
  await using client = notedClient(server.url).client;
  await client.ask(fresh);
  expect(await client.ask(ask)).toMatchObject({ outcome: "closed", ending: "fin" });
  expect(server.accepted).toBe(1);
});

test("bytes that come after the answer was given are noted, and nothing is asked there again", async () => {
  const late = Promise.withResolvers<void>();
  await using server = await rawServer((socket) => {
    socket.once("data", () => {
      socket.write(answer());
      late.promise.then(() => socket.write("HTTP/1.1 418 Late\r\n\r\n"));
    });
  });
  const extra = Promise.withResolvers<void>();
  const { client, acts } = notedClient(server.url, 300, (act) => act === "extra" && extra.resolve());
  await using asking = client;
  await asking.ask(fresh);
  late.resolve();
  await extra.promise;
  await asking.ask(ask);
  expect(acts).toEqual(expect.arrayContaining(["extra: 21", "reopened"]));
});
