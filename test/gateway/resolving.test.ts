import { join } from "node:path";
import { expect, test } from "vitest";
import type { NameReply } from "../../harness/net/name-message.ts";
import { startNameServer } from "../../harness/net/name-server.ts";
import { temporaryFolder } from "../../harness/net/temporary.ts";
import { errorOf, get, onRequest, shortTimers, stand, statusOf } from "./stand.ts";

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
const name = "upstream.test";

/** Asks a gateway whose upstream is known by name alone, to a name server that answers so. */
async function askByName(answer: (type: string) => NameReply) {
  await using names = await startNameServer({ address: "127.0.0.1", answer: ({ type }) => answer(type) });
  await using backend = await stand((socket) => onRequest(socket, () => socket.write(ok)));
  const { port } = new URL(backend.gateway.options.upstreams[0] ?? "");
  await using scene = await stand(() => {}, { upstreams: [`http://${name}:${port}`], resolver: names.address });
  return await scene.ask(get());
}

const a = (...addresses: string[]): NameReply => ({
  records: addresses.map((data) => ({ name, type: "A", data })),
});

test("a name is resolved by the name server given", async () => {
  expect(statusOf(await askByName((type) => (type === "A" ? a("127.0.0.1") : a())))).toBe(200);
});

test.each([
  ["NXDOMAIN", { rcode: "NXDOMAIN" }],
  ["SERVFAIL", { rcode: "SERVFAIL" }],
  ["REFUSED", { rcode: "REFUSED" }],
  ["NOERROR", { records: [] }],
] as const)("%s: 502 dns_error, and the code is told", async (rcode, reply) => {
  const got = await askByName(() => reply);
  expect([statusOf(got), errorOf(got)]).toEqual([502, "dns_error"]);
  expect(got.text).toContain(`rcode="${rcode}"`);
});

test("a name server that is silent: 504 dns_timeout at the resolve timer", async () => {
  const reply = await askByName(() => ({ silence: true }));
  expect([statusOf(reply), errorOf(reply)]).toEqual([504, "dns_timeout"]);
  expect(reply.took).toBeGreaterThanOrEqual(shortTimers.resolve);
  expect(reply.took).toBeLessThan(shortTimers.resolve + 1_000);
});

test("a reply that cannot be parsed is an error or a timeout", async () => {
  const reply = await askByName(() => ({ bytes: Buffer.from("rubbish") }));
  expect(["dns_error", "dns_timeout"]).toContain(errorOf(reply));
});

test("an answer for one family is enough when the other's does not come", async () => {
  expect(statusOf(await askByName((type) => (type === "A" ? a("127.0.0.1") : { silence: true })))).toBe(200);
  expect(statusOf(await askByName((type) => (type === "A" ? a("127.0.0.1") : { rcode: "SERVFAIL" })))).toBe(200);
});

test("of two addresses the second is tried when the first refuses", async () => {
  expect(statusOf(await askByName((type) => (type === "A" ? a("127.0.0.2", "127.0.0.1") : a())))).toBe(200);
});

test("a name server that nobody runs is a dns_error, not a refused connection", async () => {
  await using scene = await stand(() => {}, { upstreams: [`http://${name}:1`], resolver: "127.0.0.1:1" });
  const reply = await scene.ask(get());
  expect([statusOf(reply), errorOf(reply)]).toEqual([502, "dns_error"]);
});

test("a unix socket that is missing is a refused connection", async () => {
  await using folder = await temporaryFolder();
  await using scene = await stand(() => {}, { upstreams: [`unix:${join(folder.path, "none")}`] });
  const reply = await scene.ask(get());
  expect([statusOf(reply), errorOf(reply)]).toEqual([502, "connection_refused"]);
});

test.each(["ftp://a", "http://a/path", "http://u@a", "nonsense", "unix:relative", `unix:/${"x".repeat(200)}`, ""])(
  "the upstream %j is refused at start",
  async (upstream) => {
    await expect(stand(() => {}, { upstreams: [upstream] })).rejects.toThrow(/upstream must be .* got/);
  },
);
