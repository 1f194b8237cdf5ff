import { createHash } from "node:crypto";

/** What a server must make of the client's `Sec-WebSocket-Key` to show that it speaks WebSocket (RFC 6455 §4.2.2). */
export function acceptFor(key: string): string {
  return createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
}

const textFrame = 0x81;
const closeCode = 0x08;

/** A whole text message of a server, in one frame (RFC 6455 §5.2). @throws RangeError above 125 octets */
export function textMessage(text: string): Buffer {
  const payload = Buffer.from(text);
  if (payload.length > 125) throw new RangeError(`text: wanted at most 125 octets, got ${payload.length}`);
  return Buffer.concat([Uint8Array.of(textFrame, payload.length), payload]);
}

/** The frame with which a server says that it will send no more, and why (RFC 6455 §5.5.1, §7.4). */
export function closeFrame(code: number): Buffer {
  return Buffer.from([0x80 | closeCode, 2, code >> 8, code & 0xff]);
}

/** The same of a client, which must mask what it sends (§5.3): with zeros, so that nothing changes. */
export function maskedCloseFrame(code: number): Buffer {
  const [opcode = 0, length = 0, ...payload] = closeFrame(code);
  return Buffer.from([opcode, 0x80 | length, 0, 0, 0, 0, ...payload]);
}

/** A payload larger than this is not read on, in octets. */
const largestPayload = 1024 * 1024;

interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
  /** Octets of the frame with its head. */
  readonly size: number;
}

/** Reads the frames of a server, whatever the pieces they come in, up to its Close frame. */
export class FrameReader {
  #pending = Buffer.alloc(0);
  closed = false;
  /** What is wrong with the frames, once something is. */
  malformed: string | undefined;

  /** Reads on, gives away each payload that is no control frame's, and returns what stands behind the Close frame. */
  read(bytes: Buffer, message: (payload: Buffer) => void): Buffer {
    this.#pending = Buffer.concat([this.#pending, bytes]);
    for (let frame = this.#next(); frame; frame = this.#next()) {
      this.#pending = this.#pending.subarray(frame.size);
      if (frame.opcode === closeCode) this.closed = true;
      else if (frame.opcode < closeCode) message(frame.payload);
    }
    return this.closed ? this.#pending : Buffer.alloc(0);
  }

  #next(): Frame | undefined {
    const bytes = this.#pending;
    const [first = 0, second = 0] = bytes;
    if (this.closed || bytes.length < 2 || this.malformed !== undefined) return undefined;
    if (first & 0x70) this.malformed = "a frame with reserved bits";
    if (second & 0x80) this.malformed = "a masked frame from a server";
    const { length, start } = payloadAt(bytes, second & 0x7f);
    if (length > largestPayload) this.malformed = `a frame of more than ${largestPayload} octets`;
    const size = start + length;
    if (this.malformed !== undefined || bytes.length < size) return undefined;
    return { opcode: first & 0x0f, payload: bytes.subarray(start, size), size };
  }
}

/** Seven bits tell the length, or that two octets, or eight, come behind them and tell it. */
function payloadAt(bytes: Buffer, told: number): { length: number; start: number } {
  const start = told < 126 ? 2 : told === 126 ? 4 : 10;
  if (told < 126 || bytes.length < start) return { length: told < 126 ? told : 0, start };
  return { length: told === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2)), start };
}
