import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { startGateway } from "../../harness/gateway/gateway.ts";
import { errorOf, get, onRequest, type Reply, shortTimers, stand, statusOf } from "./stand.ts";

const wish = get(
  "/",
  "Upgrade: websocket",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  "Sec-WebSocket-Version: 13",
).replace("Connection: close", "Connection: Upgrade");
const switching =
  "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: wrong\r\n\r\n";

test("frames pass both ways through a real WebSocket", async () => {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  await once(server, "listening");
  server.on("connection", (socket) => socket.on("message", (data) => socket.send(`echo ${data}`)));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await using gateway = await startGateway({ upstreams: [`http://127.0.0.1:${port}`], timers: shortTimers });
  const client = new WebSocket(`ws://${gateway.url.host}`);
  await once(client, "open");
  for (const word of ["one", "two".repeat(50_000)]) {
    client.send(word);
    const [data] = await once(client, "message");
    expect(String(data)).toBe(`echo ${word}`);
  }
  client.close(1000, "bye");
  const [code] = await once(client, "close");
  expect(code).toBe(1000);
  server.close();
});

test("the 101 is relayed as it is, and what both sides said early passes too", async () => {
  await using scene = await stand((socket) => onRequest(socket, () => socket.write(`${switching}from upstream`)));
  const client = connect(Number(scene.gateway.url.port), "127.0.0.1");
  client.write(`${wish}from client`);
  let received = "";
  await new Promise<void>((resolve) => {
    client.on("data", (chunk) => {
      received += chunk.toString("latin1");
      if (received.endsWith("from upstream")) resolve();
    });
  });
  client.end();
  await once(client, "close");
  expect(received).toMatch(/^HTTP\/1\.1 101 Switching Protocols\r\n.*Sec-WebSocket-Accept: wrong\r\n/s);
  expect(received).toMatch(/^Upgrade: websocket\r$/m);
  expect(received.match(/^Connection: /gm)).toHaveLength(1);
  expect(scene.heard[0]).toMatch(/^Connection: Upgrade\r\nUpgrade: websocket\r\n\r\nfrom client$/m);
  expect(scene.records.map(({ outcome, status }) => [outcome, status])).toEqual([["switched", 101]]);
});

const failures: Record<string, { play: (socket: Socket) => void; expected: (reply: Reply) => void }> = {
  "an upgrade refused with 200 is relayed": {
    play: (socket) => socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
    expected: ({ text }) =>
      expect(text).toMatch(/^HTTP\/1\.1 200 .*Transfer-Encoding: chunked.*5\r\nhello\r\n0\r\n\r\n$/s),
  },
  "an upgrade refused with 403 is relayed": {
    play: (socket) => socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"),
    expected: ({ text }) => expect(text).toMatch(/^HTTP\/1\.1 403 Forbidden.*no$/s),
  },
  "RST on the upgrade request: 502": {
    play: (socket) => socket.resetAndDestroy(),
    expected: (reply) => expect([statusOf(reply), errorOf(reply)]).toEqual([502, "connection_terminated"]),
  },
  "silence: 504": {
    play: () => {},
    expected: (reply) => expect([statusOf(reply), errorOf(reply)]).toEqual([504, "connection_read_timeout"]),
  },
  "a switch to what nobody offered: 502": {
    play: (socket) => socket.write(switching.replace("websocket", "h2c")),
    expected: (reply) => expect([statusOf(reply), errorOf(reply)]).toEqual([502, "http_protocol_error"]),
  },
  "RST after some frames cuts the client": {
    play: (socket) => {
      socket.write(`${switching}frames`);
      setTimeout(() => socket.resetAndDestroy(), 40);
    },
    expected: ({ text, ending }) => {
      expect(text).toMatch(/frames$/);
      expect(ending).toBe("rst");
    },
  },
};

for (const [what, { play, expected }] of Object.entries(failures)) {
  test(what, async () => {
    await using scene = await stand((socket) => onRequest(socket, () => play(socket)));
    expected(await scene.ask(wish));
  });
}

test("an upgrade to anything but WebSocket is not passed on", async () => {
  await using scene = await stand((socket) =>
    onRequest(socket, () => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")),
  );
  const reply = await scene.ask(
    get("/", "Upgrade: h2c", "HTTP2-Settings: x").replace("close", "close, Upgrade, HTTP2-Settings"),
  );
  expect(statusOf(reply)).toBe(200);
  expect(scene.heard[0]).not.toMatch(/h2c|HTTP2/i);
});

const contentOf = (message = "") => message.split("\r\n\r\n")[1];

test.each([
  ["in HTTP/1.0", wish.replace("HTTP/1.1", "HTTP/1.0")],
  ["with content", `${wish.replace("GET", "POST").replace("\r\n\r\n", "\r\nContent-Length: 5\r\n\r\n")}hello`],
  ["by POST", wish.replace("GET", "POST")],
])("a wish to switch %s is ignored, and the request goes on without it", async (_what, text) => {
  await using scene = await stand((socket) => {
    socket.on("data", () => {
      if (contentOf(scene.heard[0]) === contentOf(text)) socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    });
  });
  const reply = await scene.ask(text.replace("Connection: Upgrade", "Connection: Upgrade, close"));
  expect(statusOf(reply)).toBe(200);
  expect(scene.heard[0]).not.toMatch(/^Upgrade/m);
});
