import type { Peer } from "./peer.ts";

/** Whoever can be read from: a peer, or what stands before one. */
export type Reading = Pick<Peer, "read" | "unread" | "last">;

/** The head of a request as it came off the wire. */
export interface RequestHead {
  /** `GET /path HTTP/1.1` */
  readonly line: string;
  readonly method: string;
  readonly path: string;
  /** Names in lower case. */
  readonly fields: ReadonlyMap<string, string>;
}

/** Reads up to and including the empty line (RFC 9112 §2.1). */
export async function readHead(peer: Reading): Promise<RequestHead> {
  let bytes = Buffer.alloc(0);
  for (;;) {
    bytes = Buffer.concat([bytes, await peer.read()]);
    const end = bytes.indexOf("\r\n\r\n");
    if (end < 0) continue;
    peer.unread(bytes.subarray(end + 4));
    const head = parseHead(bytes.toString("latin1", 0, end));
    peer.last = head.fields.get("connection")?.toLowerCase() === "close";
    return head;
  }
}

function parseHead(text: string): RequestHead {
  const [line = "", ...lines] = text.split("\r\n");
  const [method = "", path = ""] = line.split(" ");
  const fields = new Map(
    lines.map((field) => {
      const colon = field.indexOf(":");
      return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()] as const;
    }),
  );
  return { line, method, path, fields };
}

/** Reads a request's body to its end and hands on each piece; returns how many octets it had. */
export async function readBody(
  peer: Reading,
  head: RequestHead,
  take: (piece: Buffer) => void | Promise<void> = () => {},
) {
  if (head.fields.get("transfer-encoding")?.toLowerCase() === "chunked") return readChunks(peer, take);
  return readExactly(peer, Number(head.fields.get("content-length") ?? 0), take);
}

async function readExactly(
  peer: Reading,
  length: number,
  take: (piece: Buffer) => void | Promise<void>,
): Promise<number> {
  let missing = length;
  while (missing > 0) {
    const bytes = await peer.read();
    const piece = bytes.subarray(0, missing);
    peer.unread(bytes.subarray(missing));
    missing -= piece.length;
    await take(piece);
  }
  return length;
}

async function readChunks(peer: Reading, take: (piece: Buffer) => void | Promise<void>): Promise<number> {
  let total = 0;
  for (;;) {
    const size = Number.parseInt(await readLine(peer), 16);
    if (!(size > 0)) break;
    total += await readExactly(peer, size, take);
    await readLine(peer);
  }
  while ((await readLine(peer)) !== ""); // trailers
  return total;
}

async function readLine(peer: Reading): Promise<string> {
  let bytes = Buffer.alloc(0);
  for (;;) {
    bytes = Buffer.concat([bytes, await peer.read()]);
    const end = bytes.indexOf("\r\n");
    if (end < 0) continue;
    peer.unread(bytes.subarray(end + 2));
    return bytes.toString("latin1", 0, end);
  }
}
