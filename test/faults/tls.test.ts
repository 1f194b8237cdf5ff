import { once } from "node:events";
import { connect as connectTcp, createServer } from "node:net";
import { connect } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../../harness/fault.ts";
import { issued } from "../../harness/faults/certificate.ts";
import { answer } from "../../harness/faults/content.ts";
import { fin, readRequest, send } from "../../harness/faults/steps.ts";
import { tls } from "../../harness/faults/tls.ts";
import { finWithoutCloseNotify } from "../../harness/faults/tls-steps.ts";
import { loadScenarios } from "../../harness/folder.ts";
import { type Grounds, openGrounds } from "../../harness/lab/grounds.ts";
import { closeServer, listen, trackConnections } from "../../harness/net/listen.ts";
import { openFault } from "./one-fault.ts";
import { meet } from "./tls-client.ts";

/** What a client that verifies meets, for every scenario of the family. */
const signs: Readonly<Record<string, string>> = {
  "tls/client-certificate-required": "alert 40",
  "tls/client-certificate-required-13": "alert 116",
  "tls/close-in-handshake": "fin",
  "tls/cut-without-close-notify": "fin",
  "tls/expired": "CERT_HAS_EXPIRED",
  "tls/garbage-hello": "ERR_SSL_WRONG_VERSION_NUMBER",
  "tls/handshake-alert": "alert 40",
  "tls/incomplete-chain": "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "tls/no-common-cipher": "alert 40",
  "tls/not-a-server-certificate": "INVALID_PURPOSE",
  "tls/not-yet-valid": "CERT_NOT_YET_VALID",
  "tls/old-version-only": "alert 70",
  "tls/plain-http": "ERR_SSL_WRONG_VERSION_NUMBER",
  "tls/reset-after-request": "rst",
  "tls/reset-in-handshake": "rst",
  "tls/self-signed": "DEPTH_ZERO_SELF_SIGNED_CERT",
  "tls/stalled-handshake": "silence",
  "tls/unknown-authority": "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "tls/unknown-name": "alert 112",
  "tls/wrong-host": "ERR_TLS_CERT_ALTNAME_INVALID",
  "tls/wrong-host-resumed": "ERR_TLS_CERT_ALTNAME_INVALID",
};

let grounds: Grounds;
beforeAll(async () => {
  grounds = await openGrounds();
});
afterAll(() => grounds[Symbol.asyncDispose]());

const scenarios = (await loadScenarios()).filter(({ id }) => id.startsWith("tls/"));

describe("a TLS fault met by a client that verifies", () => {
  test("is every one of the family", () => {
    expect(Object.keys(signs).sort()).toEqual(scenarios.map(({ id }) => id).sort());
  });

  test.for(scenarios)("$id is sound until armed, and then shows its sign", async ({ id, upstreams, proof, asks }) => {
    await using fault = await openFault(upstreams[0], grounds);
    const ca = grounds.authority.pem;
    const { [id]: wanted = "" } = signs;
    expect(await meet(fault.backend, { ca, wanted: "200" })).toBe("200");
    expect(fault.acts()).toEqual([]);
    await fault.arm();
    // A request on its way would turn the alert that comes after the handshake into a reset.
    const ask = id !== "tls/client-certificate-required-13";
    for (const _ of asks ?? [{}]) expect(await meet(fault.backend, { ca, ask, wanted })).toBe(wanted);
    await fault.prove();
    for (const { act } of proof) expect(fault.acts(), "what the scenario takes for its proof").toContain(act);
  });
});

describe("a TLS backend", () => {
  test("that OpenSSL cannot be is refused before anybody shakes hands with it", async () => {
    await expect(openFault(tls({ ciphers: "NO-SUCH-SUITE" }), grounds)).rejects.toThrow(/no cipher match/i);
  });

  test("lets a client in that shows the certificate it demands", async () => {
    await using fault = await openFault(tls({ clientCertificate: "required" }), grounds);
    await fault.arm();
    const { key, chain: cert } = await grounds.authority.issue({ names: ["proxy.test"], usages: ["clientAuth"] });
    expect(await meet(fault.backend, { ca: grounds.authority.pem, key, cert, wanted: "200" })).toBe("200");
    expect(fault.acts()).toContain("handshake-done");
  });

  test("resumes a session, and then shows no certificate that a careless client could compare", async () => {
    const wrong = tls({ certificate: issued({ name: "other.test" }), versions: ["TLSv1.2", "TLSv1.2"] });
    await using fault = await openFault(wrong, grounds);
    await fault.arm();
    const session = await sessionOf(fault.backend);
    expect(await meet(fault.backend, { ca: grounds.authority.pem, session, wanted: "200" })).toBe("200");
    const done = fault.notes.filter(({ act }) => act === "handshake-done");
    expect(done.map(({ detail }) => detail)).toEqual([expect.stringMatching(/^TLSv1.2, ECDHE/), "TLSv1.2, resumed"]);
  });

  test("tells what became of a handshake that the client broke off", async () => {
    await using fault = await openFault(tls(), grounds);
    await fault.arm();
    const wanted = "UNABLE_TO_VERIFY_LEAF_SIGNATURE";
    expect(await meet(fault.backend, { ca: [], wanted })).toBe(wanted);
    await fault.prove();
    expect(fault.acts()).toEqual(["accepted", "client-hello", "certificate-shown", "handshake-failed"]);
  });

  test.for([
    ["with close_notify", fin(), 21],
    ["without close_notify", finWithoutCloseNotify(), 23],
  ] as const)("ends %s as told", async ([, end, lastType]) => {
    await using fault = await openFault(tls({}, readRequest(), send(answer()), end), grounds);
    await fault.arm();
    expect((await recordTypes(fault.backend)).at(-1)).toBe(lastType);
  });
});

async function sessionOf(backend: Backend): Promise<Buffer> {
  const { hostname, port } = new URL(backend.url);
  const servername = backend.serverName ?? hostname; // a session is good for the name it was begun with
  const ca = grounds.authority.pem; // it holds what was found of the chain then, and not of the name
  const socket = connect({ host: hostname, port: Number(port), servername, ca, rejectUnauthorized: false });
  const [session]: Buffer[] = await once(socket, "session");
  if (!session) throw new Error("no session came");
  socket.destroy();
  return session;
}

/** Content types of the records that the backend sends to the end, in the clear as TLS 1.2 has them: 21 is an alert, 23 data. */
async function recordTypes(backend: Backend): Promise<number[]> {
  const { hostname, port } = new URL(backend.url);
  const received: Buffer[] = [];
  const over = Promise.withResolvers<void>();
  const relay = createServer((near) => {
    const far = connectTcp({ host: hostname, port: Number(port) });
    far.on("data", (piece) => received.push(piece));
    far.on("end", over.resolve);
    near.on("error", () => {});
    near.pipe(far).pipe(near);
  });
  const connections = trackConnections(relay);
  const { port: relayPort } = await listen(relay, { host: "127.0.0.1" });
  const client = connect({ host: "127.0.0.1", port: relayPort, maxVersion: "TLSv1.2", rejectUnauthorized: false });
  client.on("error", () => {});
  client.write("GET / HTTP/1.1\r\nHost: upstream.test\r\n\r\n");
  client.resume();
  await over.promise;
  client.destroy();
  await closeServer(relay, connections);
  return typesIn(Buffer.concat(received));
}

function typesIn(bytes: Buffer): number[] {
  return bytes.length < 5 ? [] : [bytes.readUInt8(0), ...typesIn(bytes.subarray(5 + bytes.readUInt16BE(3)))];
}
