import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { acceptFor, closeFrame, FrameReader, textMessage } from "../../harness/net/web-socket.ts";
import { nonce, notedClient, rawServer } from "./raw-server.ts";

const webSocketKey = "dGhlIHNhbXBsZSBub25jZQ=="; // RFC 6455 §1.3
const accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
const ask = { method: "GET", path: "/", fields: {}, on: "fresh", webSocketKey } as const;

/** A server of another make, so that our reading of the protocol is not its own judge. */
async function webSocketServer(connected: (socket: WebSocket) => void) {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  server.on("headers", (lines) => lines.push(`X-Origin: ${nonce}`));
  server.on("connection", connected);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    async [Symbol.asyncDispose]() {
      for (const socket of server.clients) socket.terminate();
      server.close();
      await once(server, "close");
    },
  };
}

test("the example of RFC 6455 §1.3 is answered as there", () => {
  expect(acceptFor(webSocketKey)).toBe(accept);
});

test("a conversation that the server closes is whole", async () => {
  await using server = await webSocketServer((socket) => {
    for (const size of [5, 200, 70_000]) socket.send("x".repeat(size));
    socket.close(1001, "going away");
  });
  const { client, acts } = notedClient(server.url);
  await using asking = client;
  expect(await asking.ask(ask)).toMatchObject({ outcome: "relayed(101)", response: { bodyBytes: 70_205 } });
  expect(acts.filter((act) => act.startsWith("message"))).toEqual([
    "message: 5 octets",
    "message: 200 octets",
    "message: 70000 octets",
  ]);
});

test("one that ends without a Close frame is cut", async () => {
  await using server = await webSocketServer((socket) => socket.send("tick", () => socket.terminate()));
  const { client } = notedClient(server.url);
  await using asking = client;
  expect(await asking.ask(ask)).toMatchObject({ outcome: "cut", ending: "fin" });
});

test("one on which nobody says anything any more hangs", async () => {
  await using server = await webSocketServer((socket) => socket.send("tick"));
  const { client } = notedClient(server.url, 200);
  await using asking = client;
  expect(await asking.ask(ask)).toMatchObject({ outcome: "hang" });
});

test.each([
  [
    "has another accept",
    `Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ${acceptFor("other")}\r\n`,
  ],
  ["switches to something else", `Connection: Upgrade\r\nUpgrade: h2c\r\nSec-WebSocket-Accept: ${accept}\r\n`],
])("a 101 that %s is not listened to any further", async (_, fields) => {
  const head = `HTTP/1.1 101 Switching Protocols\r\nX-Origin: ${nonce}\r\n${fields}\r\n`;
  await using server = await rawServer((socket) => socket.on("data", () => socket.write(head)));
  const { client } = notedClient(server.url);
  await using asking = client;
  expect(await asking.ask(ask)).toMatchObject({ outcome: "relayed(101)", response: { bodyBytes: 0 } });
});

test("frames are read in whatever pieces they come", () => {
  const bytes = Buffer.concat([
    textMessage("tick"),
    textMessage("x".repeat(125)),
    closeFrame(1000),
    textMessage("late"),
  ]);
  for (const size of [1, 2, 3, 50, bytes.length]) {
    const reader = new FrameReader();
    const messages: number[] = [];
    let rest = 0;
    for (let start = 0; start < bytes.length; start += size) {
      const piece = bytes.subarray(start, start + size);
      if (reader.closed) rest += piece.length;
      else rest += reader.read(piece, ({ length }) => messages.push(length)).length;
    }
    expect({ size, messages, rest, closed: reader.closed }).toEqual({
      size,
      messages: [4, 125],
      rest: 6,
      closed: true,
    });
  }
});

test("what stands behind a Close frame is no frame", () => {
  const behind = Buffer.from("HTTP/1.1 200 OK\r\n\r\n");
  const reader = new FrameReader();
  const rest = reader.read(Buffer.concat([closeFrame(1000), behind]), () => expect.unreachable());
  expect({ rest, malformed: reader.malformed }).toEqual({ rest: behind, malformed: undefined });
});

test.each([
  ["a masked frame from a server", [0x81, 0x84, 1, 2, 3, 4, 0, 0, 0, 0]],
  ["a frame with reserved bits", [0xc1, 0]],
  ["a frame of more than 1048576 octets", [0x82, 127, 0, 0, 1, 0, 0, 0, 0, 0]],
])("%s is not read on", (reason, octets) => {
  const reader = new FrameReader();
  reader.read(Buffer.from(octets), () => expect.unreachable());
  expect(reader.malformed).toBe(reason);
});
