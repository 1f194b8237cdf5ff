import type { Duplex } from "node:stream";
import { clientOf } from "./access-record.ts";
import type { Exchange } from "./exchange.ts";
import { faceOf } from "./face-of.ts";
import type { Failure } from "./failure.ts";
import type { GatewayOptions } from "./options.ts";

/** Errors of Node's server that have a status of their own; every other one is a 400. */
const statuses: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** What a request that Node cannot read is answered with (RFC 9209 §2.3.16). */
function requestFailure(error: NodeJS.ErrnoException): Failure {
  const status = statuses[error.code ?? ""] ?? 400;
  return { cause: "http_request_error", status, details: error.message };
}

/**
 * Answers bytes that Node's server could not read.
 * @param exchange the latest on this connection, if there has been one
 */
export function answerUnreadable(
  error: NodeJS.ErrnoException,
  socket: Duplex,
  exchange: Exchange | undefined,
  options: Telling,
): void {
  const failure = requestFailure(error);
  if (error.code === "ECONNRESET" || !socket.writable) socket.destroy();
  else if (exchange === undefined || exchange.answered) sendAlone(socket, failure, options);
  // What cannot be read comes behind a request that was whole, and that one is still to be answered.
  else if (exchange.requestWhole) exchange.onceAnswered(() => sendAlone(socket, failure, options));
  else exchange.refuse(failure);
}

type Telling = Pick<GatewayOptions, "name" | "profile" | "seed" | "onAnswered">;

/**
 * An answer on a connection that Node's server has given up; nothing comes after it.
 * @param asked as far as the request could be read
 */
export function sendAlone(
  socket: Duplex,
  failure: Failure,
  options: Telling,
  asked: { readonly method?: string | undefined; readonly url?: string | undefined } = {},
): void {
  const { status, reason, fields, body } = faceOf(options, { headers: {} }, 0).answer(failure);
  let head = `HTTP/1.1 ${status} ${reason}\r\nDate: ${new Date().toUTCString()}\r\n`;
  for (let index = 0; index < fields.length; index += 2) head += `${fields[index]}: ${fields[index + 1]}\r\n`;
  socket.end(`${head}Connection: close\r\n\r\n${body}`, () => socket.destroy());
  const { cause, details } = failure;
  options.onAnswered?.({
    at: Date.now(),
    ...clientOf(socket),
    method: asked.method ?? "-",
    target: asked.url ?? "-",
    outcome: "own",
    status,
    cause,
    ...(details !== undefined && { details }),
    upstreams: [],
    sent: Buffer.byteLength(body),
    took: 0,
  });
}
