import type { IncomingMessage, ServerResponse } from "node:http";
import { type AccessRecord, clientOf, type UpstreamRecord } from "./access-record.ts";
import type { Connection } from "./connection.ts";
import type { Face } from "./face.ts";
import type { Failure } from "./failure.ts";

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Gathers what becomes of one exchange, and tells it once. */
export class ExchangeLog {
  outcome: AccessRecord["outcome"] = "gone";
  failure: Failure | undefined;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #tell: ((record: AccessRecord) => void) | undefined;
  readonly #began = performance.now();
  readonly #at = Date.now();
  /** Asked for early: a connection that has ended does not tell any more. */
  readonly #client: Pick<AccessRecord, "client">;
  readonly #face: Face;
  readonly #tries: Writable<UpstreamRecord>[] = [];
  #told = false;

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    tell: ((record: AccessRecord) => void) | undefined,
    face: Face,
  ) {
    this.#face = face;
    this.#request = request;
    this.#response = response;
    this.#tell = tell;
    this.#client = tell ? clientOf(request.socket) : {};
  }

  trying(url: string): void {
    this.#tries.push({ url });
  }

  connected(connection: Connection): void {
    const reused = connection.served > 0;
    this.#amend({
      address: connection.remoteAddress,
      connected: this.#elapsed(),
      ...(reused && { reused: true as const }),
    });
  }

  headCame(status: number): void {
    this.#amend({ status, head: this.#elapsed() });
  }

  failed(failure: Failure): void {
    this.#amend({ cause: failure.cause });
  }

  /** @param sent octets of content that the client was sent */
  tell(sent: number): void {
    if (this.#told || !this.#tell) return;
    this.#told = true;
    const { method = "", url: target = "" } = this.#request;
    const status = this.#response.headersSent ? this.#response.statusCode : undefined;
    const record: AccessRecord = {
      at: this.#at,
      ...this.#client,
      method,
      target,
      outcome: this.outcome,
      ...(status !== undefined && { status }),
      ...(this.failure && { cause: this.failure.cause }),
      ...(this.failure?.details !== undefined && { details: this.failure.details }),
      upstreams: this.#tries,
      sent,
      took: this.#elapsed(),
    };
    const line = this.#face.line?.(record);
    this.#tell(line === undefined ? record : { ...record, line });
  }

  #amend(what: Partial<UpstreamRecord>): void {
    const last = this.#tries.at(-1);
    if (last) Object.assign(last, what);
  }

  #elapsed(): number {
    return performance.now() - this.#began;
  }
}
