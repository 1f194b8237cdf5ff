import { describedBody } from "../body.ts";
import type { Stage } from "../stage.ts";

/**
 * Bytes to send, as the page of a scenario shows them. `{nonce}` in a text becomes the trial's nonce,
 * by which the client knows what is the origin's; a text goes out as latin1, octet for octet.
 */
export type Content = string | Uint8Array | ((stage: Stage) => Uint8Array);

/** A whole response head with the origin's mark: `head("200 OK", { "Content-Length": 100 })`. */
export function head(status: string, fields: Readonly<Record<string, string | number>> = {}): string {
  const lines = Object.entries({ "X-Origin": "{nonce}", ...fields }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status}\r\n${lines.join("")}\r\n`;
}

/**
 * A body that carries its own length and checksum, or the part of it from octet `from` up to, not including, `to`:
 * `body(100, 0, 40)` is what a backend sends that dies after 40 octets of 100.
 */
export function body(length: number, from = 0, to = length): Content {
  return (stage) => describedBody(stage.nonce, length).subarray(from, to);
}

/** One chunk of a chunked body (RFC 9112 §7.1). */
export function chunk(content: Content): Content {
  return (stage) => {
    const bytes = render(content, stage);
    return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")]);
  };
}

/** The end of a chunked body without trailers. */
export const lastChunk = "0\r\n\r\n";

/** Head and whole body of a sound answer. `X-Body` tells the client what should have come, even if nothing does. */
export function answer(
  status = "200 OK",
  fields: Readonly<Record<string, string | number>> = {},
  length = 100,
): Content {
  return join(head(status, { "X-Body": length, ...fields, "Content-Length": length }), body(length));
}

/** Several contents that go out in one packet where they fit. */
export function join(...parts: readonly Content[]): Content {
  return (stage) => {
    const rendered = parts.map((part) => render(part, stage));
    const [first] = rendered;
    return first && rendered.length === 1 ? first : Buffer.concat(rendered); // megabytes, perhaps: not copied in vain
  };
}

export function render(content: Content, stage: Stage): Uint8Array {
  if (typeof content === "function") return content(stage);
  if (typeof content === "string") return Buffer.from(content.replaceAll("{nonce}", stage.nonce), "latin1");
  return content;
}
