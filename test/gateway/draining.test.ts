import { connect } from "node:net";
import { expect, test } from "vitest";
import { get, onRequest, shortTimers, stand, statusOf } from "./stand.ts";

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

test("draining lets the request under way end, and takes no new connection", async () => {
  const asked = Promise.withResolvers<() => void>();
  const timers = { ...shortTimers, head: 5_000 };
  await using scene = await stand((socket) => onRequest(socket, () => asked.resolve(() => socket.write(ok))), {
    timers,
  });
  const underWay = scene.ask(get().replace("Connection: close\r\n", ""));
  const answer = await asked.promise;
  const drained = scene.gateway.drain(5_000);
  const late = await scene.ask(get());
  expect(late.ending).toBe("rst");
  answer();
  const reply = await underWay;
  expect(statusOf(reply)).toBe(200);
  expect(reply.text).toMatch(/^Connection: close\r$/m);
  expect(await drained).toBe(true);
});

test("draining ends at its patience, and cuts what is left", async () => {
  const asked = Promise.withResolvers<void>();
  await using scene = await stand((socket) => onRequest(socket, () => asked.resolve()), {
    timers: { resolve: 0, connect: 0, tls: 0, send: 0, head: 0, idle: 0, total: 0 },
  });
  const underWay = scene.ask(get());
  await asked.promise;
  expect(await scene.gateway.drain(50)).toBe(false);
  expect((await underWay).text).toBe("");
});

test("an idle client's connection does not hold draining up", async () => {
  await using scene = await stand((socket) => onRequest(socket, () => socket.write(ok)));
  const client = connect(Number(scene.gateway.url.port), "127.0.0.1");
  client.write(get().replace("Connection: close\r\n", ""));
  await new Promise((resolve) => client.once("data", resolve));
  expect(await scene.gateway.drain(1_000)).toBe(true);
  client.destroy();
});

test("an address in use is told by option and value", async () => {
  await using scene = await stand(() => {});
  const port = Number(scene.gateway.url.port);
  await expect(stand(() => {}, { listen: { host: "127.0.0.1", port } })).rejects.toThrow(
    `listen must be a free address of this machine, got 127.0.0.1:${port}`,
  );
});
