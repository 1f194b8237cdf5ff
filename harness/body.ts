import { crc32 } from "node:zlib";

/**
 * Lines of text with a number each. Line and block have a prime length, so that pieces
 * which a buffer of round size has swapped, doubled or dropped do not look alike.
 */
const block = Buffer.from(
  Array.from(
    { length: 1021 },
    (_, line) => `${String(line).padStart(8, "0")} ${"badgateway ".repeat(5).slice(0, 51)}\n`,
  ).join(""),
  "latin1",
);

/** `<nonce> <octets in all> <crc32 of the payload>` and a line feed, as far as it has come. */
const descriptor = /^([0-9a-f]{8}) (\d{1,10}) ([0-9a-f]{8})\n$/;
const brokenDescriptor = /^([0-9a-f]{8})(?: (?:\d{1,10}(?: [0-9a-f]{0,8})?)?)?$/;
const longestDescriptor = 8 + 1 + 10 + 1 + 8 + 1;

/**
 * A body that tells its own length and checksum, so that whoever receives it knows what should have come:
 * first line `<nonce> <length> <crc32 of the payload>`, then the payload, `length` octets in all.
 * @param nonce eight hex digits
 * @throws RangeError when `length` leaves no room for the first line
 */
export function describedBody(nonce: string, length: number): Buffer {
  const lineBytes = nonce.length + String(length).length + 8 + 3;
  if (!Number.isSafeInteger(length) || length < lineBytes) {
    throw new RangeError(
      `length: wanted a whole number of octets from ${lineBytes} up, since the line that describes the body is part of it; got ${length}`,
    );
  }
  const body = Buffer.allocUnsafeSlow(length);
  body.fill(block, lineBytes);
  const checksum = checksumOf(body.subarray(lineBytes)).toString(16).padStart(8, "0");
  body.write(`${nonce} ${length} ${checksum}\n`, "latin1");
  return body;
}

/** Octets of a payload from which on it is worth while to remember the checksum. */
const long = 2 ** 20;

/** Checksums of long payloads by their length. */
const known = new Map<number, number>();

/** Every payload is the beginning of the same endless text: what is known of a shorter one is not summed again. */
function checksumOf(payload: Buffer): number {
  if (payload.length < long) return crc32(payload);
  const shorter = Math.max(0, ...[...known.keys()].filter((length) => length <= payload.length));
  const checksum = crc32(payload.subarray(shorter), known.get(shorter));
  known.set(payload.length, checksum);
  return checksum;
}

/** What a body has to say of itself. Empty when it carries no description. */
export interface Inspection {
  readonly nonce?: string;
  /** Exactly the octets described have come. */
  readonly intact?: boolean;
}

/** Reads a body piece by piece, in bounded memory, and checks it against its own description. */
export class BodyInspector {
  #line = "";
  #described: { nonce: string; length: number; checksum: number } | undefined;
  #lineEnded = false;
  #octets = 0;
  #checksum = 0;

  feed(chunk: Buffer): void {
    this.#octets += chunk.length;
    const payload = this.#lineEnded ? chunk : this.#readLine(chunk);
    if (this.#described && payload.length > 0) this.#checksum = crc32(payload, this.#checksum);
  }

  /** The judgement, if nothing more comes. A body that ends within its first line is broken too. */
  inspection(): Inspection {
    if (this.#described) {
      const { nonce, length, checksum } = this.#described;
      return { nonce, intact: this.#octets === length && this.#checksum === checksum };
    }
    const nonce = this.#lineEnded ? undefined : brokenDescriptor.exec(this.#line)?.[1];
    return nonce ? { nonce, intact: false } : {};
  }

  /** Returns what stands behind the line. */
  #readLine(chunk: Buffer): Buffer {
    const feed = chunk.indexOf(0x0a);
    const taken = Math.min(feed < 0 ? chunk.length : feed + 1, longestDescriptor - this.#line.length);
    this.#line += chunk.toString("latin1", 0, taken);
    this.#lineEnded = (feed >= 0 && taken === feed + 1) || this.#line.length === longestDescriptor;
    const [, nonce, length, checksum] = descriptor.exec(this.#line) ?? [];
    if (nonce && length && checksum) {
      this.#described = { nonce, length: Number(length), checksum: Number.parseInt(checksum, 16) };
    }
    return chunk.subarray(taken);
  }
}
