import { connect, type Socket } from "node:net";
import { expect, test } from "vitest";
import { get, onRequest, shortTimers, stand } from "./stand.ts";

const size = 256 * 1024 * 1024;
/** More than the kernel's buffers of two connections and the gateway's own hold, far less than the whole. */
const bound = 48 * 1024 * 1024;
const piece = Buffer.alloc(256 * 1024, "x");

/** Writes until it has written `octets`, no faster than they are taken. */
function pour(socket: Socket, octets: number): void {
  let left = octets;
  const go = () => {
    while (left > 0) {
      left -= piece.length;
      if (!socket.write(piece)) {
        socket.once("drain", go);
        return;
      }
    }
  };
  go();
}

/** Octets that the kernel has taken once it takes no more: the figure has not changed from one look to the next. */
async function stalledAt(socket: Socket): Promise<number> {
  for (let before = -1; ; ) {
    const now = socket.bytesWritten - socket.writableLength;
    if (now > 0 && now === before) return now;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

const patient = { timers: { ...shortTimers, send: 0, head: 0 } };

test("a client that does not read holds the upstream back", async () => {
  const pouring = Promise.withResolvers<Socket>();
  await using scene = await stand(
    (socket) =>
      onRequest(socket, () => {
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n`);
        pour(socket, size);
        pouring.resolve(socket);
      }),
    patient,
  );
  const client = connect(Number(scene.gateway.url.port), "127.0.0.1");
  client.on("error", () => {});
  client.pause();
  client.write(get());
  expect(await stalledAt(await pouring.promise)).toBeLessThan(bound);
  client.destroy();
});

test("an upstream that does not read holds the client back", async () => {
  await using scene = await stand((socket) => process.nextTick(() => socket.pause()), patient);
  const client = connect(Number(scene.gateway.url.port), "127.0.0.1");
  client.on("error", () => {});
  client.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${size}\r\n\r\n`);
  pour(client, size);
  expect(await stalledAt(client)).toBeLessThan(bound);
  client.destroy();
});
