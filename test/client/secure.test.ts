import type { Socket } from "node:net";
import { getCACertificates, setDefaultCACertificates, TLSSocket } from "node:tls";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { describedBody } from "../../harness/body.ts";
import { type Authority, createAuthority, type Identity } from "../../harness/net/certificates.ts";
import { nonce, notedClient, type RawServer, rawServer } from "./raw-server.ts";
import { ResetBehindAnswer } from "./reset-behind-answer.ts";

const trusted = getCACertificates("default");
const get = { method: "GET", path: "/", fields: {}, on: "fresh" } as const;
const untilClose = `HTTP/1.1 200 OK\r\nX-Origin: ${nonce}\r\n\r\nok`;
const accepted = `HTTP/1.1 200 OK\r\nX-Origin: ${nonce}\r\nContent-Length: 0\r\n\r\n`;

let identity: Identity;
let authority: Authority;
beforeAll(async () => {
  authority = await createAuthority("secure routes");
  identity = await authority.issue({ names: ["127.0.0.1"] });
});
beforeEach(() => setDefaultCACertificates([authority.pem]));
afterEach(() => setDefaultCACertificates(trusted));

/** A TLS server that plays with each connection once it is asked: with the session, and with the socket below it. */
function secureServer(play: (session: TLSSocket, socket: Socket) => void): Promise<RawServer> {
  return rawServer((socket) => {
    const session = new TLSSocket(socket, { isServer: true, key: identity.key, cert: identity.chain });
    session.on("error", () => {});
    session.once("data", () => play(session, socket));
  });
}

async function askOnce(play: (session: TLSSocket, socket: Socket) => void) {
  await using server = await secureServer(play);
  await using client = notedClient(secure(server.url)).client;
  return await client.ask(get);
}

function secure(url: URL): URL {
  return new URL(url.href.replace("http:", "https:"));
}

test("a body that lasts until the connection is closed is whole when TLS is closed too", async () => {
  const reply = await askOnce((session) => session.end(untilClose));
  expect(reply).toMatchObject({ outcome: "clean", ending: "fin" });
});

test("a FIN without the closure alert of TLS ends no message", async () => {
  const reply = await askOnce((session, socket) => session.write(untilClose, () => socket.end()));
  expect(reply).toMatchObject({ outcome: "cut", ending: "fin", response: { bodyBytes: 2, framed: false } });
});

test("a reset is told apart from a FIN", async () => {
  const told = Promise.withResolvers<void>();
  await using server = await secureServer((session, socket) => {
    session.write(untilClose, () => told.promise.then(() => socket.resetAndDestroy()));
  });
  await using client = notedClient(secure(server.url), 5_000, (act) => act === "head" && told.resolve()).client;
  expect(await client.ask(get)).toMatchObject({ outcome: "cut", ending: "rst" });
});

test("a refused connect is the proxy's doing", async () => {
  const server = await rawServer(() => {});
  const url = secure(server.url);
  await server[Symbol.asyncDispose]();
  const { client, acts } = notedClient(url);
  await using asking = client;
  expect(await asking.ask(get)).toMatchObject({ outcome: "closed", ending: "rst" });
  expect(acts).toContain("refused: ECONNREFUSED");
});

test("a certificate that nobody vouches for is no answer", async () => {
  setDefaultCACertificates([]);
  await expect(askOnce((session) => session.end(untilClose))).rejects.toThrow(/^The client could not ask GET \/: /);
});

test("an early refusal is not spoiled by an RST that has come before the client could read it", async () => {
  const refusal = "HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n";
  await using server = await ResetBehindAnswer.open(accepted, refusal, identity);
  await using client = notedClient(server.url).client;
  await client.ask(get);
  server.answerAndReset();
  const second = await client.ask({ ...get, method: "POST", on: "same", body: describedBody(nonce, 100) });
  expect(second).toMatchObject({ outcome: "own(413)", ending: "whole" });
});
