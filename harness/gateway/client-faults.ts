import type { Duplex } from "node:stream";
import { clientOf } from "./access-record.ts";
import { faceOf } from "./face-of.ts";
import type { Failure } from "./failure.ts";
import type { GatewayOptions } from "./options.ts";
import type { Unanswered } from "./unanswered.ts";

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

/** Node tells of every piece that comes behind the first one it could not read. */
const givenUp = new WeakSet<Duplex>();

/** Answers bytes that Node's server could not read. */
export function answerUnreadable(
  error: NodeJS.ErrnoException,
  socket: Duplex,
  unanswered: Unanswered,
  options: Telling,
): void {
  if (givenUp.has(socket)) return;
  givenUp.add(socket);
  const failure = requestFailure(error);
  const latest = unanswered.latest(socket);
  if (error.code === "ECONNRESET" || !socket.writable) socket.destroy();
  else if (latest?.exchange && !latest.request.complete) latest.exchange.refuse(failure);
  else sendAlone(socket, failure, unanswered, options);
}

type Telling = Pick<GatewayOptions, "name" | "profile" | "seed" | "signature" | "onAnswered">;

/**
 * An answer on a connection that Node's server has given up: behind those that are still to come, and nothing after it.
 * @param asked as far as the request could be read
 */
export function sendAlone(
  socket: Duplex,
  failure: Failure,
  unanswered: Unanswered,
  options: Telling,
  asked: Asked = {},
): void {
  socket.on("error", () => socket.destroy());
  unanswered.onceNone(socket, () => {
    // An earlier answer may have been the last that the connection carries.
    if (socket.writable) send(socket, failure, options, asked);
  });
}

interface Asked {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
}

function send(socket: Duplex, failure: Failure, options: Telling, asked: Asked): void {
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
