import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { splice } from "../../harness/faults/splice.ts";
import { withDeadline } from "../../harness/net/deadline.ts";
import { closeServer, listen, trackConnections } from "../../harness/net/listen.ts";

/** A client and a server with a splice between them. */
interface Ends {
  readonly client: Socket;
  readonly server: Socket;
  /** The splice's own end towards the client. */
  readonly near: Socket;
}

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

async function spliced(): Promise<Ends> {
  const behind = createServer({ allowHalfOpen: true });
  const front = createServer({ allowHalfOpen: true });
  const sockets = [trackConnections(behind), trackConnections(front)];
  await listen(behind, { host: "127.0.0.1" });
  await listen(front, { host: "127.0.0.1" });
  const portOf = (server: typeof front) => (server.address() as AddressInfo).port;
  const far = connect({ host: "127.0.0.1", port: portOf(behind), allowHalfOpen: true });
  front.once("connection", (near) => splice(near, far));
  const reached = once(front, "connection");
  const accepted = once(behind, "connection");
  const client = connect({ host: "127.0.0.1", port: portOf(front), allowHalfOpen: true });
  await once(client, "connect");
  const [server]: Socket[] = await accepted;
  const [near]: Socket[] = await reached;
  if (!server || !near) throw new Error("nobody was accepted");
  opened.push(async () => {
    for (const socket of [client, server, far]) socket.destroy();
    await closeServer(front, sockets[1] ?? []);
    await closeServer(behind, sockets[0] ?? []);
  });
  return { client, server, near };
}

const soon = <T>(fact: Promise<T>) => withDeadline(fact, 2_000, "it did not come");
const errorOf = async (socket: Socket) => {
  const [error]: NodeJS.ErrnoException[] = await soon(once(socket, "error").catch((error) => [error]));
  return error?.code;
};

test.for(["client", "server"] as const)(
  "a FIN of the %s arrives as a FIN, the other direction stays open",
  async (from) => {
    const { [from]: one, [from === "client" ? "server" : "client"]: other } = await spliced();
    one.end("last words");
    const [heard] = await soon(once(other, "data"));
    expect(String(heard)).toBe("last words");
    await soon(once(other.resume(), "end"));
    expect(one.readableEnded).toBe(false);
    other.write("still here");
    const [answered] = await soon(once(one, "data"));
    expect(String(answered)).toBe("still here");
    other.end();
    await soon(once(one.resume(), "end"));
  },
);

test.for(["client", "server"] as const)("an RST of the %s arrives as an RST, and no FIN before it", async (from) => {
  const { [from]: one, [from === "client" ? "server" : "client"]: other } = await spliced();
  let ended = false;
  other.resume().on("end", () => {
    ended = true;
  });
  one.resetAndDestroy();
  expect(await errorOf(other)).toBe("ECONNRESET");
  expect(ended).toBe(false);
});

test("bytes that go right before an RST are handed on before it", async () => {
  const { client, server } = await spliced();
  server.write("HTTP/1.1 200 OK\r\n");
  const [heard] = await soon(once(client, "data"));
  server.resetAndDestroy();
  expect(String(heard)).toBe("HTTP/1.1 200 OK\r\n");
  expect(await errorOf(client)).toBe("ECONNRESET");
});

test("an RST comes through although the other direction is blocked", async () => {
  const { client, server } = await spliced();
  server.pause();
  const piece = Buffer.alloc(2 ** 20);
  while (client.write(piece) || client.writableLength < 16 * 2 ** 20);
  client.resume();
  server.resetAndDestroy();
  expect(await errorOf(client)).toMatch(/ECONNRESET|EPIPE/);
});

test("who does not read holds back who writes", async () => {
  const { client, server, near } = await spliced();
  server.pause();
  const size = 32 * 2 ** 20;
  let came = 0;
  client.end(Buffer.alloc(size));
  await soon(once(near, "pause"));
  expect(client.writableLength).toBeGreaterThan(0);
  server.on("data", (bytes) => {
    came += bytes.length;
  });
  await soon(once(server.resume(), "end"));
  expect(came).toBe(size);
});
