import { createSocket } from "node:dgram";
import { Resolver } from "node:dns/promises";
import { once } from "node:events";
import { connect } from "node:net";
import { decode, encode, type Packet, streamDecode, streamEncode } from "dns-packet";
import { describe, expect, test } from "vitest";
import { freePorts } from "../../harness/net/listen.ts";
import type { NameQuestion, NameReply } from "../../harness/net/name-message.ts";
import { type NameServer, startNameServer } from "../../harness/net/name-server.ts";
import { skipAloud } from "../skip.ts";

const address = "127.0.0.1";
const script: Record<string, NameReply> = {
  "backend.test A": { records: [{ name: "backend.test", type: "A", data: "127.1.2.3" }] },
  "backend.test AAAA": { records: [] },
  "alias.test A": {
    records: [
      { name: "alias.test", type: "CNAME", data: "backend.test" },
      { name: "backend.test", type: "A", data: "127.1.2.3" },
    ],
  },
  "nowhere.test A": { rcode: "NXDOMAIN" },
  "broken.test A": { rcode: "SERVFAIL" },
  "forbidden.test A": { rcode: "REFUSED" },
  "garbled.test A": { bytes: Buffer.alloc(64, 0xff) },
};

function start(asked: (question: NameQuestion, transport: string) => void = () => {}): Promise<NameServer> {
  return startNameServer({
    address,
    answer(question, transport) {
      asked(question, transport);
      return script[`${question.name.toLowerCase()} ${question.type}`] ?? { silence: true };
    },
  });
}

/** Silence is seen by waiting for it; whatever else is wanted is waited for. */
function clientOf(server: NameServer, wanted = ""): Resolver {
  const resolver = new Resolver({ timeout: wanted === "ETIMEOUT" ? 500 : 5_000, tries: 1 });
  resolver.setServers([server.address]);
  return resolver;
}

describe("the name server", () => {
  test("answers with addresses that live no longer than the answer", async () => {
    await using server = await start();
    const resolver = clientOf(server);
    expect(await resolver.resolve4("backend.test", { ttl: true })).toEqual([{ address: "127.1.2.3", ttl: 0 }]);
    expect(await resolver.resolve4("alias.test")).toEqual(["127.1.2.3"]);
  });

  test.for([
    ["nowhere.test", "ENOTFOUND"],
    ["broken.test", "ESERVFAIL"],
    ["forbidden.test", "EREFUSED"],
    ["garbled.test", "EBADRESP"],
    ["silent.test", "ETIMEOUT"],
  ] as const)("%s ends with %s", async ([name, code]) => {
    await using server = await start();
    await expect(clientOf(server, code).resolve4(name)).rejects.toMatchObject({ code });
  });

  test("a name without such a record is no error on the wire", async () => {
    await using server = await start();
    await expect(clientOf(server).resolve6("backend.test")).rejects.toMatchObject({ code: "ENODATA" });
  });

  test("tells what was asked, and how", async () => {
    const asked: unknown[] = [];
    await using server = await start((question, transport) => asked.push([question.name, question.type, transport]));
    await clientOf(server).resolve4("backend.test");
    expect(asked).toEqual([["backend.test", "A", "udp"]]);
  });

  test("serves TCP on the same port, message after message, however they are cut up", async () => {
    await using server = await start();
    const socket = connect({ host: address, port: portOf(server) });
    const query = streamEncode({ type: "query", id: 7, questions: [{ type: "A", name: "BackEnd.test" }] });
    for (const octet of [...query, ...query]) socket.write(Uint8Array.of(octet));
    let received = Buffer.alloc(0);
    const replies = () => messagesIn(received);
    while (replies().length < 2) received = Buffer.concat([received, (await once(socket, "data"))[0]]);
    socket.destroy();
    const expected = { id: 7, questions: [{ name: "BackEnd.test" }], answers: [{ type: "A", data: "127.1.2.3" }] };
    expect(replies()).toMatchObject([expected, expected]);
  });

  test("answers EDNS with EDNS, and only then", async () => {
    await using server = await start();
    const edns = { type: "OPT", name: ".", udpPayloadSize: 512, extendedRcode: 0, ednsVersion: 0, flags: 0 } as const;
    const ask = async (additionals: (typeof edns & { flag_do: boolean; options: [] })[]) => {
      const socket = createSocket("udp4");
      socket.send(
        encode({ type: "query", id: 8, questions: [{ type: "A", name: "backend.test" }], additionals }),
        portOf(server),
        address,
      );
      const [message] = await once(socket, "message");
      socket.close();
      return decode(message).additionals?.map(({ type }) => type);
    };
    expect(await ask([{ ...edns, flag_do: false, options: [] }])).toEqual(["OPT"]);
    expect(await ask([])).toEqual([]);
  });

  test("what is no query gets no reply, and the next one does", async () => {
    await using server = await start();
    const socket = createSocket("udp4");
    socket.send(Buffer.from("rubbish"), portOf(server), address);
    await new Promise((sent) => socket.send(Buffer.alloc(0), portOf(server), address, sent));
    socket.close();
    expect(await clientOf(server).resolve4("backend.test")).toEqual(["127.1.2.3"]);
  });

  test("leaves nothing behind, not even with a client still connected", async () => {
    const server = await start();
    const socket = connect({ host: address, port: portOf(server) });
    await once(socket, "connect");
    const closed = once(socket, "close");
    await server[Symbol.asyncDispose]();
    await closed;
    const again = connect({ host: address, port: portOf(server) });
    await expect(once(again, "connect")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  test("leaves nothing behind where it cannot have the port for UDP", async (context) => {
    if (!(await freePorts("::1", 1).catch(() => undefined)))
      return skipAloud(context, "this machine has no IPv6 loopback address");
    const listening = () => process.getActiveResourcesInfo().filter((what) => what === "TCPServerWrap").length;
    const starting = startNameServer({ address: "::1", answer: () => ({ silence: true }) }); // its UDP is IPv4's
    await expect(starting).rejects.toThrow();
    await expect.poll(listening).toBe(0);
  });
});

function portOf(server: NameServer): number {
  return Number(server.address.split(":")[1]);
}

function messagesIn(bytes: Buffer): Packet[] {
  if (bytes.length < 2 || bytes.length < 2 + bytes.readUInt16BE()) return [];
  const end = 2 + bytes.readUInt16BE();
  return [streamDecode(bytes.subarray(0, end)), ...messagesIn(bytes.subarray(end))];
}
