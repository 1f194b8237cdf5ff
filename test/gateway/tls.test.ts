import { writeFile } from "node:fs/promises";
import { connect, createServer as createTcpServer, type Socket } from "node:net";
import { join } from "node:path";
import { createServer, type TLSSocket, type TlsOptions } from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { GatewaySettings } from "../../harness/gateway/options.ts";
import { type Authority, createAuthority, daysFromNow, selfSigned } from "../../harness/net/certificates.ts";
import { closeServer, listen, trackConnections } from "../../harness/net/listen.ts";
import { type TemporaryFolder, temporaryFolder } from "../../harness/net/temporary.ts";
import { errorOf, get, onRequest, type Reply, shortTimers, stand, statusOf } from "./stand.ts";

let root: Authority;
let folder: TemporaryFolder;
let ca: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  root = await createAuthority("root of the test");
  ca = join(folder.path, "ca.pem");
  await writeFile(ca, root.pem);
});
afterAll(() => folder[Symbol.asyncDispose]());

/** A TLS upstream; its settings are put in front of a gateway that trusts the test's root. */
async function ask(
  options: TlsOptions,
  play: (socket: TLSSocket, tcp: Socket) => void,
  settings: Partial<GatewaySettings> = {},
) {
  const under: Socket[] = [];
  const server = createServer(options);
  server.on("connection", (socket: Socket) => under.push(socket));
  server.on("secureConnection", (socket) => {
    socket.on("error", () => {});
    const tcp = under.at(-1);
    if (tcp) play(socket, tcp);
  });
  server.on("tlsClientError", () => {});
  const open = trackConnections(server);
  const { port } = await listen(server, { host: "127.0.0.1" });
  await using scene = await stand(() => {}, { upstreams: [`https://127.0.0.1:${port}`], trust: { ca }, ...settings });
  const reply = await scene.ask(get());
  await closeServer(server, open);
  return { reply, record: scene.records[0], handshakes: under.length };
}

const hello = (socket: TLSSocket) =>
  onRequest(socket, () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"));
const good = () => root.issue({ names: ["upstream.test", "127.0.0.1"] });
const verdict = (reply: Reply) => [statusOf(reply), errorOf(reply)];

test("a good certificate, by address and by server name", async () => {
  const { key, chain: cert } = await good();
  expect(statusOf((await ask({ key, cert }, hello)).reply)).toBe(200);
  expect(statusOf((await ask({ key, cert }, hello, { trust: { ca, serverName: "upstream.test" } })).reply)).toBe(200);
});

test.each([
  ["expired", () => root.issue({ names: ["127.0.0.1"], notBefore: daysFromNow(-2), notAfter: daysFromNow(-1) })],
  ["not yet valid", () => root.issue({ names: ["127.0.0.1"], notBefore: daysFromNow(1), notAfter: daysFromNow(2) })],
  ["self-signed", () => selfSigned({ names: ["127.0.0.1"] })],
  ["of an unknown authority", async () => (await createAuthority("stranger")).issue({ names: ["127.0.0.1"] })],
  ["for another name", () => root.issue({ names: ["other.test"] })],
  ["for clients", () => root.issue({ names: ["127.0.0.1"], usages: ["clientAuth"] })],
])("a certificate that is %s: 502 tls_certificate_error", async (_what, issue) => {
  const { key, chain: cert } = await issue();
  const { reply } = await ask({ key, cert }, hello);
  expect(verdict(reply)).toEqual([502, "tls_certificate_error"]);
});

test("a chain without its intermediate: 502 tls_certificate_error", async () => {
  const { key, certificate: cert } = await (await root.intermediate("between")).issue({ names: ["127.0.0.1"] });
  expect(verdict((await ask({ key, cert }, hello)).reply)).toEqual([502, "tls_certificate_error"]);
});

test("no common version or cipher: the alert is told by number and name", async () => {
  const { key, chain: cert } = await good();
  const old = await ask(
    { key, cert, maxVersion: "TLSv1.1", minVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" },
    hello,
  );
  expect(verdict(old.reply)).toEqual([502, "tls_alert_received"]);
  expect(old.reply.text).toContain("alert-id=70;alert-message=protocol_version");
  const odd = await ask({ key, cert, maxVersion: "TLSv1.2", ciphers: "ECDHE-RSA-AES128-SHA" }, hello);
  expect(verdict(odd.reply)).toEqual([502, "tls_alert_received"]);
});

test("a client certificate is wanted, and given", async () => {
  const { key, chain: cert } = await good();
  const demanding: TlsOptions = { key, cert, ca: root.pem, requestCert: true, rejectUnauthorized: true };
  const without = await ask({ ...demanding, maxVersion: "TLSv1.2" }, hello);
  expect(verdict(without.reply)).toEqual([502, "tls_alert_received"]);
  const late = await ask(demanding, hello);
  expect(["tls_alert_received", "connection_terminated"]).toContain(errorOf(late.reply));
  const own = await root.issue({ names: ["gateway.test"] });
  const identity = { certificate: join(folder.path, "own.pem"), key: join(folder.path, "own.key") };
  await writeFile(identity.certificate, own.chain);
  await writeFile(identity.key, own.key);
  const { reply } = await ask(demanding, hello, { trust: { ca, identity } });
  expect(statusOf(reply)).toBe(200);
});

const raw: Record<string, { play: (socket: Socket) => void; verdict: [number, string] }> = {
  "plain HTTP": {
    play: (socket) => socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")),
    verdict: [502, "tls_protocol_error"],
  },
  "rubbish in place of ServerHello": {
    play: (socket) => socket.once("data", () => socket.write("\x16\x03\x03\x00\x05rubbi\x99\x99", "latin1")),
    verdict: [502, "tls_protocol_error"],
  },
  handshake_failure: {
    play: (socket) => socket.once("data", () => socket.end("\x15\x03\x03\x00\x02\x02\x28", "latin1")),
    verdict: [502, "tls_alert_received"],
  },
  "FIN after ClientHello": {
    play: (socket) => socket.once("data", () => socket.end()),
    verdict: [502, "connection_terminated"],
  },
  "RST after ClientHello": {
    play: (socket) => socket.once("data", () => socket.resetAndDestroy()),
    verdict: [502, "connection_terminated"],
  },
  "silence after ClientHello": { play: () => {}, verdict: [504, "connection_timeout"] },
};

for (const [what, { play, verdict: expected }] of Object.entries(raw)) {
  test(`${what}: ${expected.join(" ")}`, async () => {
    await using plain = await stand(play);
    const upstreams = [`https://127.0.0.1:${new URL(plain.gateway.options.upstreams[0] ?? "").port}`];
    const timers = { ...shortTimers, tls: 1_000 };
    await using scene = await stand(() => {}, { upstreams, trust: { ca }, timers });
    const reply = await scene.ask(get());
    expect(verdict(reply)).toEqual(expected);
    if (expected[0] === 504) {
      expect(reply.took).toBeGreaterThanOrEqual(timers.tls);
      expect(reply.took).toBeLessThan(timers.tls * 1.9);
    }
  });
}

test.each(["TLSv1.2", "TLSv1.3"] as const)(
  "%s: a close-delimited body is whole with close_notify and cut without",
  async (version) => {
    const { key, chain: cert } = await good();
    const options: TlsOptions = { key, cert, minVersion: version, maxVersion: version };
    const whole = await ask(options, (socket) => onRequest(socket, () => socket.end("HTTP/1.1 200 OK\r\n\r\nhello")));
    expect(whole.reply.text).toMatch(/hello\r\n0\r\n\r\n$/);
    const cut = await ask(options, (socket, tcp) =>
      onRequest(socket, () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\nhello");
        setTimeout(() => tcp.end(), 40);
      }),
    );
    expect(cut.reply.text).toMatch(/hello\r\n$/);
    expect(cut.record).toMatchObject({ outcome: "cut", cause: "http_response_incomplete" });
    const framed = await ask(options, (socket, tcp) =>
      onRequest(socket, () => {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        setTimeout(() => tcp.end(), 40);
      }),
    );
    expect(framed.record).toMatchObject({ outcome: "relayed" });
  },
);

test("a handshake that is good, then RST on the request", async () => {
  const { key, chain: cert } = await good();
  const { reply } = await ask({ key, cert }, (socket, tcp) => onRequest(socket, () => tcp.resetAndDestroy()));
  expect(verdict(reply)).toEqual([502, "connection_terminated"]);
});

test("a large body passes through TLS whole", async () => {
  const { key, chain: cert } = await good();
  const size = 4 * 1024 * 1024;
  const { reply } = await ask({ key, cert }, (socket) =>
    onRequest(socket, () => socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n${"x".repeat(size)}`)),
  );
  expect(reply.text.length - reply.text.indexOf("\r\n\r\n") - 4).toBe(size);
});

test("what breaks the session in the very packet that ends the handshake is answered", async () => {
  const { key, chain: cert } = await good();
  const server = createServer({ key, cert });
  server.on("tlsClientError", () => {});
  const { port } = await listen(server, { host: "127.0.0.1" });
  // A record of TLS that nobody can decrypt, behind each of the server's flights.
  const garbage = Buffer.from([0x17, 3, 3, 0, 32, ...Array(32).fill(0)]);
  const between = createTcpServer((client) => {
    const inner = connect(port, "127.0.0.1");
    inner.on("data", (flight) => client.write(Buffer.concat([flight, garbage])));
    client.pipe(inner);
    for (const socket of [client, inner]) socket.on("error", () => inner.destroy());
  });
  const open = trackConnections(between);
  const address = await listen(between, { host: "127.0.0.1" });
  await using scene = await stand(() => {}, { upstreams: [`https://127.0.0.1:${address.port}`], trust: { ca } });
  expect(statusOf(await scene.ask(get()))).toBe(502);
  await closeServer(between, open);
  await closeServer(server, []);
});
