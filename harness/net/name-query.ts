import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect, isIPv6 } from "node:net";
import { type Answer, type DecodedPacket, decode, encode, RECURSION_DESIRED } from "dns-packet";

/** Where a name server listens, for UDP and TCP. */
export interface ServerAddress {
  readonly address: string;
  readonly port: number;
}

/** What a name server has replied, nothing left out. */
export interface NameAnswer {
  /** As RFC 1035 §4.1.1 names them: `NOERROR`, `NXDOMAIN`, `SERVFAIL` … */
  readonly rcode: string;
  /** Addresses and aliases, in the order in which they came; of other records the type alone. */
  readonly records: readonly { readonly name: string; readonly type: string; readonly data: string }[];
}

/** What came is no reply that can be read. */
export class GarbledReply extends Error {}

/**
 * Puts one question to one name server, over UDP and, when the reply says that it was cut short, over TCP. Asks once,
 * and waits until the signal says that it has waited long enough.
 * @throws GarbledReply, an AbortError whose cause is the signal's reason, or the system's error (nobody listens there)
 */
export async function askName(
  server: ServerAddress,
  question: { readonly name: string; readonly type: "A" | "AAAA" },
  signal: AbortSignal,
): Promise<NameAnswer> {
  const query = encode({
    type: "query",
    id: randomInt(2 ** 16),
    flags: RECURSION_DESIRED,
    questions: [question],
  });
  const reply = read(await overDatagrams(server, query, signal));
  return answerIn(reply.flag_tc ? read(await overStream(server, query, signal)) : reply);
}

async function overDatagrams({ address, port }: ServerAddress, query: Buffer, signal: AbortSignal): Promise<Buffer> {
  const socket = createSocket(isIPv6(address) ? "udp6" : "udp4");
  try {
    socket.connect(port, address); // so that the system tells us when nobody is there
    await once(socket, "connect", { signal });
    socket.send(query);
    for (;;) {
      const [message]: Buffer[] = await once(socket, "message", { signal });
      if (message?.subarray(0, 2).equals(query.subarray(0, 2))) return message;
    }
  } finally {
    socket.close();
  }
}

async function overStream({ address, port }: ServerAddress, query: Buffer, signal: AbortSignal): Promise<Buffer> {
  const socket = connect({ host: address, port, signal });
  try {
    socket.write(Buffer.concat([Uint8Array.of(query.length >> 8, query.length & 0xff), query]));
    let bytes = Buffer.alloc(0);
    for await (const piece of socket) {
      bytes = Buffer.concat([bytes, piece]);
      if (bytes.length >= 2 && bytes.length >= 2 + bytes.readUInt16BE()) return bytes.subarray(2);
    }
    throw new GarbledReply("the name server closed the TCP connection before its reply was whole");
  } finally {
    socket.destroy();
  }
}

function read(message: Buffer): DecodedPacket {
  try {
    const reply = decode(message);
    if (reply.type === "response") return reply;
  } catch {} // what is wrong with it says nothing to anybody
  throw new GarbledReply(`the reply of ${message.length} octets is no DNS message`);
}

function answerIn({ rcode, answers = [] }: DecodedPacket & { readonly rcode?: string }): NameAnswer {
  return { rcode: rcode ?? "NOERROR", records: answers.map(recordOf) };
}

function recordOf(answer: Answer): NameAnswer["records"][number] {
  const data = answer.type === "A" || answer.type === "AAAA" || answer.type === "CNAME" ? answer.data : "";
  return { name: answer.name, type: answer.type, data };
}
