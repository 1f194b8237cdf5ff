import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { get, onRequest, stand } from "./stand.ts";

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
const kept = (path = "/") => get(path).replace("Connection: close\r\n", "");
const upgrade = get("/switch", "Upgrade: websocket").replace("Connection: close", "Connection: Upgrade, close");
const tunnel = "CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 127.0.0.1:22\r\n\r\n";

test("a wish to switch behind what is still to be answered is ignored, and its request answered in turn", async () => {
  await using scene = await stand((socket) => onRequest(socket, () => socket.write(ok)));
  const { text } = await scene.ask(kept() + upgrade);
  expect(text.match(/^HTTP\/1\.1 200|helloHTTP\/1\.1 200/gm)).toHaveLength(2);
  expect(scene.heard.join("")).not.toContain("Upgrade");
});

test("a wish to switch behind a request that was refused at once is ignored too", async () => {
  await using scene = await stand((socket) => onRequest(socket, () => socket.write(ok)));
  const { text } = await scene.ask(get("/", "Via: 1.1 gw").replace("Connection: close\r\n", "") + upgrade);
  expect(text).toMatch(/^HTTP\/1\.1 502 .*HTTP\/1\.1 200 .*hello$/s);
});

test("a wish to switch that comes once everything is answered is carried on", async () => {
  await using scene = await stand((socket) => onRequest(socket, () => socket.write(ok)));
  const client = connect(Number(scene.gateway.url.port), "127.0.0.1");
  client.once("data", () => client.write(upgrade));
  client.write(kept());
  await once(client.resume(), "close");
  expect(scene.heard.join("")).toContain("Upgrade: websocket");
});

test("CONNECT is refused behind the answers before it, however long they are", async () => {
  const body = "x".repeat(8_000_000);
  await using scene = await stand((socket) =>
    onRequest(socket, () => socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`)),
  );
  const { text, ending } = await scene.ask(kept("/one") + kept("/two") + tunnel);
  expect(text.length).toBeGreaterThan(2 * body.length);
  expect(text).toMatch(/xHTTP\/1\.1 403 Forbidden\r\n/);
  expect(ending).toBe("fin");
});

test("who leaves behind a CONNECT takes every request before it along", async () => {
  await using scene = await stand((socket) => onRequest(socket, () => client.resetAndDestroy()));
  const client = connect(Number(scene.gateway.url.port), "127.0.0.1");
  client.on("error", () => {});
  client.write(kept("/one") + kept("/two") + tunnel);
  await expect
    .poll(() => scene.records.map(({ target, outcome }) => [target, outcome]).sort())
    .toEqual([
      ["/one", "gone"],
      ["/two", "gone"],
    ]);
});

test("RST behind CONNECT is the end of its connection alone", async () => {
  await using scene = await stand((socket) => onRequest(socket, () => socket.write(ok)));
  const client = connect(Number(scene.gateway.url.port), "127.0.0.1");
  client.on("error", () => {});
  await once(client, "connect");
  client.write(tunnel, () => client.resetAndDestroy());
  await once(client, "close");
  expect((await scene.ask(get())).text).toMatch(/^HTTP\/1\.1 200 /);
});

test("bytes that cannot be read are told once, in however many pieces they come", async () => {
  const answer = Promise.withResolvers<void>();
  await using scene = await stand((socket) => onRequest(socket, () => answer.promise.then(() => socket.write(ok))));
  const client = connect(Number(scene.gateway.url.port), "127.0.0.1").setNoDelay(true);
  let text = "";
  client.on("data", (chunk) => {
    text += chunk.toString("latin1");
  });
  client.write(kept());
  await expect.poll(() => scene.heard.join("")).toContain("GET");
  for (let piece = 0; piece < 5; piece++) {
    client.write("\x01\x02rubbish\r\n\r\n");
    // Once another client has been answered, the piece has been read.
    expect((await scene.ask(get("*"))).text).toMatch(/^HTTP\/1\.1 400 /);
  }
  answer.resolve();
  await once(client, "close");
  expect(text.match(/HTTP\/1\.1 [^\r]*/g)).toEqual(["HTTP/1.1 200 OK", "HTTP/1.1 400 Bad Request"]);
  expect(scene.records.filter(({ target }) => target === "-")).toHaveLength(1);
});

test.each([
  ["bytes that cannot be read", "rubbish\r\n\r\n"],
  ["CONNECT", tunnel],
  ["a request that is refused", get("*")],
])("the signature stands on the answer to %s", async (_what, bytes) => {
  await using scene = await stand(() => {}, { signature: [["X-Mark", "1"]] });
  expect((await scene.ask(bytes)).text.match(/^X-Mark: 1\r$/gm)).toHaveLength(1);
});
