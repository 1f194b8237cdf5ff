import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { connect, createServer, type TLSSocket } from "node:tls";
import { beforeAll, describe, expect, test } from "vitest";
import {
  type Authority,
  createAuthority,
  daysFromNow,
  type Identity,
  selfSigned,
} from "../../harness/net/certificates.ts";
import { closeServer, listen, trackConnections } from "../../harness/net/listen.ts";

let root: Authority;
beforeAll(async () => {
  root = await createAuthority("root of the test");
});

/** What OpenSSL, inside Node, says of a server that shows this identity; `undefined` when it accepts it. */
async function verdict(identity: Identity, name: string, ca = root.pem): Promise<string | undefined> {
  const server = createServer({ key: identity.key, cert: identity.chain });
  const connections = trackConnections(server);
  const { port } = await listen(server, { host: "127.0.0.1" });
  const socket: TLSSocket = connect({ host: "127.0.0.1", port, ca, servername: name, rejectUnauthorized: false });
  await once(socket, "secureConnect");
  const error: Error & { code?: string } = socket.authorizationError;
  socket.destroy();
  await closeServer(server, connections);
  return error === null ? undefined : (error.code ?? String(error));
}

describe("certificates", () => {
  test("a good one is accepted under its names and its addresses", async () => {
    const identity = await root.issue({ names: ["upstream.test", "127.0.0.1", "::1"] });
    expect(await verdict(identity, "upstream.test")).toBeUndefined();
    const leaf = new X509Certificate(identity.certificate);
    expect(leaf.checkIP("127.0.0.1")).toBe("127.0.0.1");
    expect(leaf.checkIP("::1")).toBe("::1");
    expect(leaf.checkHost("other.test")).toBeUndefined();
    expect(leaf.ca).toBe(false);
  });

  test("the chain leads through the intermediate, and is broken without it", async () => {
    const below = await root.intermediate("intermediate of the test");
    const identity = await below.issue({ names: ["upstream.test"] });
    expect(await verdict(identity, "upstream.test")).toBeUndefined();
    expect(await verdict({ ...identity, chain: identity.certificate }, "upstream.test")).toBe(
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    );
  });

  test.for([
    ["one that has ended", { notBefore: daysFromNow(-30), notAfter: daysFromNow(-1) }, "CERT_HAS_EXPIRED"],
    ["one that has not begun", { notBefore: daysFromNow(1), notAfter: daysFromNow(2) }, "CERT_NOT_YET_VALID"],
    ["one for clients only", { usages: ["clientAuth"] }, "INVALID_PURPOSE"],
    ["one for another name", { names: ["other.test"] }, "ERR_TLS_CERT_ALTNAME_INVALID"],
  ] as const)("%s is refused as that", async ([, request, reason]) => {
    expect(await verdict(await root.issue({ names: ["upstream.test"], ...request }), "upstream.test")).toBe(reason);
  });

  test("one that lasts beyond 2049 has a date with four digits for the year, in whole seconds", async () => {
    const identity = await root.issue({ names: ["upstream.test"], notAfter: new Date("2061-02-03T04:05:06.789Z") });
    expect(await verdict(identity, "upstream.test")).toBeUndefined();
    expect(new X509Certificate(identity.certificate).validToDate).toEqual(new Date("2061-02-03T04:05:06Z"));
  });

  test("no two of an authority have the same serial number", async () => {
    const identities = await Promise.all(["one.test", "two.test"].map((name) => root.issue({ names: [name] })));
    const [one, two] = identities.map(({ certificate }) => new X509Certificate(certificate).serialNumber);
    expect(one).toMatch(/^[4-7][0-9A-F]{31}$/); // a positive number of sixteen octets
    expect(one).not.toBe(two);
  });

  test("a self-signed one is trusted by nobody else", async () => {
    const identity = await selfSigned({ names: ["upstream.test"] });
    expect(await verdict(identity, "upstream.test")).toBe("DEPTH_ZERO_SELF_SIGNED_CERT");
    expect(await verdict(identity, "upstream.test", identity.certificate)).toBeUndefined();
  });

  test("another authority of the same name is another authority", async () => {
    const stranger = await createAuthority("root of the test");
    const identity = await stranger.issue({ names: ["upstream.test"] });
    expect(await verdict(identity, "upstream.test")).not.toBeUndefined();
    expect(await verdict(identity, "upstream.test", stranger.pem)).toBeUndefined();
  });
});
