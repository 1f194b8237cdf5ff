import { connect, type Socket } from "node:net";
import { setImmediate } from "node:timers/promises";
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

/** Octets that the kernel has taken. */
const taken = (socket: Socket) => socket.bytesWritten - socket.writableLength;

/** Turns of the event loop from one read to the next: in each of them everybody else may read and write. */
const turns = 20;
/** Whoever is not held back has, at a read a turn, written more than `bound` when so many octets have been read. */
const enough = 2 * (bound / turns);

/**
 * Reads much more slowly than the other end writes.
 * @returns the most octets that were under way at once: taken from the writer, and not yet read
 */
async function readSlowly(reader: Socket, writer: Socket): Promise<number> {
  let [got, most] = [0, 0];
  for await (const chunk of reader) {
    got += chunk.length;
    for (let turn = 0; turn < turns; turn++) {
      await setImmediate();
      most = Math.max(most, taken(writer) - got);
    }
    if (got >= enough) return most;
  }
  throw new Error(`the connection ended after ${got} octets`);
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
  client.write(get());
  const most = await readSlowly(client, await pouring.promise);
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThan(bound);
});

test("an upstream that does not read holds the client back", async () => {
  const accepted = Promise.withResolvers<Socket>();
  await using scene = await stand((socket) => {
    process.nextTick(() => {
      socket.pause();
      accepted.resolve(socket);
    });
  }, patient);
  const client = connect(Number(scene.gateway.url.port), "127.0.0.1");
  client.on("error", () => {});
  client.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${size}\r\n\r\n`);
  pour(client, size);
  const most = await readSlowly(await accepted.promise, client);
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThan(bound);
  client.destroy();
});
