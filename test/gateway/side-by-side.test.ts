import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, test } from "vitest";
import type { AccessRecord } from "../../harness/gateway/access-record.ts";
import { startSideBySide } from "../../harness/gateway/side-by-side.ts";
import { backend } from "./backend.ts";
import { ask, get, onRequest, shortTimers, statusOf } from "./stand.ts";

/** Two gateways side by side, with an upstream of bare bytes behind them. */
async function pair(play: (socket: Socket) => void) {
  const upstream = await backend(play);
  const records: AccessRecord[] = [];
  const onAnswered = (record: AccessRecord) => void records.push(record);
  const timers = { ...shortTimers, head: 0, idle: 0, send: 0 };
  const side = await startSideBySide([{ onAnswered }, { onAnswered }], { upstreams: [upstream.url], timers });
  const [first, second] = side.urls;
  if (first === undefined || second === undefined) throw new Error("two were wanted");
  return {
    first,
    second,
    upstream,
    records,
    [Symbol.asyncDispose]: async () => {
      await side[Symbol.asyncDispose]();
      await upstream[Symbol.asyncDispose]();
    },
  };
}

/** A client that stays as long as it is let, with all that it has heard. */
function client(url: URL, text: string) {
  const socket = connect(Number(url.port), url.hostname);
  socket.on("error", () => {});
  const heard: string[] = [];
  socket.on("data", (chunk) => heard.push(chunk.toString("latin1")));
  socket.write(text, "latin1");
  return { socket, heard: () => heard.join("") };
}

const wish = get("/", "Upgrade: websocket").replace("Connection: close", "Connection: Upgrade");
const switching = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
const large = "x".repeat(8_000_000);
const response = `HTTP/1.1 200 OK\r\nContent-Length: ${large.length}\r\n\r\n${large}`;

test("of two clients that switch the first speaks and both hear, as long as one is there", async () => {
  const upstreams: Socket[] = [];
  await using scene = await pair((socket) => {
    upstreams.push(socket);
    onRequest(socket, () => socket.write(switching));
  });
  const clients = [client(scene.first, `${wish}hello`), client(scene.second, `${wish}hello`)];
  for (const { heard } of clients) await expect.poll(heard).toMatch(/^HTTP\/1\.1 101 /);
  const [speaker, hearer] = clients;
  hearer?.socket.write("from the second");
  speaker?.socket.write("from the first");
  await expect.poll(() => scene.upstream.heard[0]?.split("\r\n\r\n")[1]).toBe("hellofrom the first");
  upstreams[0]?.write("for all");
  for (const { heard } of clients) await expect.poll(heard).toMatch(/for all$/);
  hearer?.socket.resetAndDestroy();
  await expect.poll(() => scene.records.length).toBe(1);
  upstreams[0]?.write(" that are left");
  await expect.poll(() => speaker?.heard()).toMatch(/for all that are left$/);
  speaker?.socket.end();
  await expect.poll(() => scene.records.map(({ outcome }) => outcome)).toEqual(["switched", "switched"]);
  expect(scene.upstream.heard).toHaveLength(1);
  expect(scene.upstream.heard[0]).toMatch(/hellofrom the first$/);
});

test("when the first client leaves the other is answered all the same", async () => {
  const asked = Promise.withResolvers<Socket>();
  await using scene = await pair((socket) => onRequest(socket, () => asked.resolve(socket)));
  const first = client(scene.first, get());
  const reply = ask(scene.second, get());
  const upstream = await asked.promise;
  first.socket.destroy();
  await expect.poll(() => scene.records.map(({ outcome }) => outcome)).toEqual(["gone"]);
  upstream.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
  expect((await reply).text).toMatch(/^HTTP\/1\.1 200 .*ok$/s);
});

test.each(["first", "second"] as const)("when the %s client leaves in the middle the other gets all", async (who) => {
  await using scene = await pair((socket) => onRequest(socket, () => socket.write(response)));
  const other = who === "first" ? "second" : "first";
  const leaving = client(scene[who], get());
  leaving.socket.pause();
  const reply = ask(scene[other], get());
  await once(leaving.socket, "readable");
  leaving.socket.destroy();
  const { text, ending } = await reply;
  expect([text.length > large.length, ending]).toEqual([true, "fin"]);
});

test("when the first client leaves in the middle of its upload the other's request cannot be whole either", async () => {
  const begun = Promise.withResolvers<void>();
  await using scene = await pair((socket) => socket.once("data", () => begun.resolve()));
  const upload = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhe";
  const first = client(scene.first, upload);
  const reply = ask(scene.second, `${upload}llo`);
  await begun.promise;
  first.socket.resetAndDestroy();
  expect(statusOf(await reply)).toBe(400);
});
