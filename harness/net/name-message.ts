import {
  AUTHORITATIVE_ANSWER,
  type DecodedPacket,
  decode,
  encode,
  type OptAnswer,
  RECURSION_AVAILABLE,
  RECURSION_DESIRED,
} from "dns-packet";

/** What is asked: the name in the very letters of the query, and the type of record. */
export interface NameQuestion {
  readonly name: string;
  readonly type: string;
}

/** A record of the answer. Its time to live is always 0, so that nobody keeps it. */
interface NameRecord {
  readonly name: string;
  readonly type: "A" | "AAAA" | "CNAME";
  readonly data: string;
}

/**
 * - `records`: NOERROR; an empty list says that the name has no such record
 * - `rcode`: the lookup has failed with this code
 * - `bytes`: these in place of a message, after the query's own id, without which nobody would take them for a reply
 * - `silence`: no reply at all
 */
export type NameReply =
  | { readonly records: readonly NameRecord[] }
  | { readonly rcode: keyof typeof rcodes }
  | { readonly bytes: Uint8Array }
  | { readonly silence: true };

/** RFC 1035 §4.1.1. */
const rcodes = { SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 } as const;

/**
 * The reply to a query, as bytes; none for silence, nor for what is no query. A negative reply goes
 * without an SOA record, so that it is not kept either (RFC 2308 §5).
 */
export function replyTo(message: Buffer, answer: (question: NameQuestion) => NameReply): Uint8Array | undefined {
  const query = readable(message);
  const question = query?.questions?.[0];
  if (!query || !question) return undefined;
  const reply = answer(question);
  if ("silence" in reply) return undefined;
  if ("bytes" in reply) return Buffer.concat([message.subarray(0, 2), reply.bytes]);
  return encodeReply(query, "records" in reply ? reply : { records: [], ...reply });
}

function readable(message: Buffer): DecodedPacket | undefined {
  try {
    return decode(message);
  } catch {
    return undefined;
  }
}

type Spoken = { readonly records: readonly NameRecord[]; readonly rcode?: keyof typeof rcodes };

function encodeReply(query: DecodedPacket, { records, rcode }: Spoken): Uint8Array {
  const recursion = query.flag_rd ? RECURSION_AVAILABLE | RECURSION_DESIRED : RECURSION_AVAILABLE;
  return encode({
    type: "response",
    ...(query.id !== undefined && { id: query.id }),
    flags: AUTHORITATIVE_ANSWER | recursion | (rcode ? rcodes[rcode] : 0),
    questions: query.questions,
    answers: records.map((record) => ({ ...record, ttl: 0 })),
    // A query with EDNS is answered with EDNS (RFC 6891 §6.1.1).
    additionals: query.additionals?.some(({ type }) => type === "OPT") ? [edns] : [],
  });
}

const edns: OptAnswer = {
  type: "OPT",
  name: ".",
  udpPayloadSize: 1232,
  extendedRcode: 0,
  ednsVersion: 0,
  flags: 0,
  flag_do: false,
  options: [],
};
