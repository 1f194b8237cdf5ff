/** One request, as it goes out on the wire. */
export interface Request {
  readonly method: string;
  readonly path: string;
  /** Sent as they are, a line for each value, after `Host` unless they name one themselves. */
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: Uint8Array;
  /** Send `Expect: 100-continue`, and the body only after a 100. */
  readonly expect?: boolean;
  /** Offer to switch to WebSocket with this `Sec-WebSocket-Key` (RFC 6455 §4.1). */
  readonly webSocketKey?: string;
  /** `same`: on the connection that the request before has left open. */
  readonly on: "fresh" | "same";
}

/** Octets of body handed to the kernel at a time. */
const pieceBytes = 64 * 1024;

/** The request head; a body is framed by its length unless the fields frame it in another way. */
export function requestHead(request: Request, host: string): Buffer {
  const { method, path, fields, body, expect, webSocketKey } = request;
  const named = new Set(Object.keys(fields).map((name) => name.toLowerCase()));
  const framed = named.has("content-length") || named.has("transfer-encoding");
  const lines = [
    `${method} ${path} HTTP/1.1`,
    ...(named.has("host") ? [] : [`Host: ${host}`]),
    ...Object.entries(fields).flatMap(([name, values]) => [values].flat().map((value) => `${name}: ${value}`)),
    ...(body && !framed ? [`Content-Length: ${body.length}`] : []),
    ...(expect && !named.has("expect") ? ["Expect: 100-continue"] : []),
    ...(webSocketKey ? webSocketLines(webSocketKey) : []),
  ];
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
}

function webSocketLines(key: string): string[] {
  return ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", `Sec-WebSocket-Key: ${key}`];
}

/** The request body in pieces, chunked (RFC 9112 §7.1) when the fields say so. */
export function* requestBody({ body, fields }: Request): Generator<Uint8Array> {
  if (!body) return;
  const chunked = Object.entries(fields).some(
    ([name, values]) => name.toLowerCase() === "transfer-encoding" && /\bchunked\s*$/i.test([values].flat().join()),
  );
  for (let start = 0; start < body.length; start += pieceBytes) {
    const piece = body.subarray(start, start + pieceBytes);
    yield chunked
      ? Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from("\r\n")])
      : piece;
  }
  if (chunked) yield Buffer.from("0\r\n\r\n");
}
