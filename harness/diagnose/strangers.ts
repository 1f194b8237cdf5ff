import type { Sign } from "./signs.ts";

/** Who is known by the first octets that it sends, though it is no web server. */
interface Stranger {
  /** Of the octets as latin1. */
  readonly text?: RegExp;
  /** Of the octets as hexadecimal digits. */
  readonly hex?: RegExp;
  readonly sign: Sign;
  readonly says: string;
}

const strangers: readonly Stranger[] = [
  { text: /^SSH-\d/, sign: "speaks-ssh", says: "an SSH server is behind this port" },
  { text: /^220[ -]/, sign: "speaks-smtp", says: "a mail or FTP server is behind this port" },
  {
    text: /^[-+](?:ERR|OK|PONG|NOAUTH|WRONGPASS|DENIED)/,
    sign: "speaks-redis",
    says: "a Redis server is behind this port",
  },
  // A TLS record: alert (21) or handshake (22), version 3.x.
  { hex: /^1[56]030[0-4]/, sign: "speaks-tls", says: "the port speaks TLS: https:// is meant" },
  // A SETTINGS frame on stream 0 (RFC 9113 §3.4).
  { hex: /^00.{4}040[01]0{8}/, sign: "speaks-http2", says: "the port speaks HTTP/2 only" },
  // A packet with sequence number 0 and protocol version 10: the greeting of a MySQL server.
  { hex: /^.{4}00000a/, sign: "speaks-mysql", says: "a MySQL server is behind this port" },
  {
    text: /^\s*<(?:!doctype|html|\?xml)/i,
    sign: "no-status-line",
    says: "a page without a head came, as in HTTP/0.9",
  },
];

/** @param beginning of what came, as latin1 */
export function strangerIn(beginning: string): Stranger | undefined {
  const octets = Buffer.from(beginning.slice(0, 16), "latin1").toString("hex");
  return strangers.find(({ text, hex }) => text?.test(beginning) || hex?.test(octets));
}
