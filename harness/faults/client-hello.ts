/** What a TLS client says of itself before anything is encrypted (RFC 8446 §4.1.2). */
export interface ClientHello {
  /** The name it wants to speak to (SNI, RFC 6066 §3); unset when it names none. */
  readonly serverName?: string;
}

const handshakeRecord = 22;
const clientHello = 1;
const serverNameExtension = 0;

/**
 * Reads the ClientHello at the start of what a client has sent: nothing as long as its record is not whole.
 * @throws Error when this is no ClientHello
 */
export function clientHelloIn(bytes: Buffer): ClientHello | undefined {
  if (bytes.length > 0 && bytes[0] !== handshakeRecord) throw new Error("the client does not speak TLS");
  if (bytes.length < 5 || bytes.length < 5 + bytes.readUInt16BE(3)) return undefined;
  const record = bytes.subarray(5, 5 + bytes.readUInt16BE(3));
  if (record[0] !== clientHello) throw new Error("the client does not begin with a ClientHello");
  const serverName = serverNameIn(record);
  return serverName === undefined ? {} : { serverName };
}

/** type (1), length (3), version (2), random (32), then fields that each have their length before them. */
function serverNameIn(hello: Buffer): string | undefined {
  let at = 38;
  at += 1 + hello.readUInt8(at); // session id
  at += 2 + hello.readUInt16BE(at); // cipher suites
  at += 1 + hello.readUInt8(at); // compression methods
  at += 2; // length of all extensions
  while (at + 4 <= hello.length) {
    const type = hello.readUInt16BE(at);
    const end = at + 4 + hello.readUInt16BE(at + 2);
    // list length (2), kind of name (1), length of the name (2)
    if (type === serverNameExtension) return hello.toString("latin1", at + 9, end);
    at = end;
  }
  return undefined;
}
