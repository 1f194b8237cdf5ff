import { BodyInspector } from "../body.ts";
import { afterNextPoll } from "../net/next-poll.ts";
import type { Outcome } from "../outcome.ts";
import { ResponseReader } from "../response-reader.ts";
import { TranscriptRecorder } from "../transcript.ts";
import type { Ending, Response, Transcript } from "../trial.ts";
import { outcomeOf } from "./classify.ts";
import type { Connection, End, Listener } from "./connection.ts";
import type { Request } from "./request.ts";
import { responseOf } from "./response.ts";
import type { ResponseHead } from "./response-head.ts";
import { Sending } from "./sending.ts";

/** What came of a request: exactly what went out and came back, and the word for it. */
export interface Reply {
  /** Milliseconds until the response was whole, broken off or given up. */
  readonly took: number;
  /** Milliseconds until the last octet of the request that was taken had been taken. */
  readonly sending: number;
  /** What the kernel has taken of the request. */
  readonly sent: Transcript;
  readonly received: Transcript;
  readonly response?: Response;
  readonly ending: Ending;
  readonly outcome: Outcome;
}

export interface ConversationOptions {
  readonly host: string;
  /** Eight hex digits that mark what is the origin's. */
  readonly nonce: string;
  /** For the whole of it, in milliseconds. */
  readonly patience: number;
  note(act: string, detail?: string): void;
}

/** One request and what answers it, on a connection that it is given. Reading never waits for writing. */
export class Conversation implements Listener {
  readonly #request: Request;
  readonly #options: ConversationOptions;
  readonly #began = performance.now();
  readonly #patience: NodeJS.Timeout;
  readonly #sent = new TranscriptRecorder();
  readonly #received = new TranscriptRecorder();
  readonly #inspector = new BodyInspector();
  readonly #reader: ResponseReader;
  readonly #reply = Promise.withResolvers<Reply>();
  readonly #outgoing: Sending;
  #connection: Connection | undefined;
  #sending = 0;
  #ending: Ending | undefined;

  constructor(request: Request, options: ConversationOptions) {
    this.#request = request;
    this.#options = options;
    this.#outgoing = new Sending(request, options.host, {
      write: (bytes, taken) => this.#write(bytes, taken),
      rest: () => this.#rest(),
    });
    this.#patience = setTimeout(() => this.#finish("deadline"), options.patience);
    const events = {
      interim: (status: number) => this.#interim(status),
      head: ({ status, reason }: ResponseHead) => options.note("head", `${status} ${reason}`.trim()),
      content: (piece: Buffer) => this.#content(piece),
    };
    this.#reader = new ResponseReader(request.method, events, request.webSocketKey);
  }

  /** Both messages went through to their ends. */
  get complete(): boolean {
    return this.#reader.whole && this.#outgoing.whole;
  }

  /** The other side may be asked again on the same connection. */
  get reusable(): boolean {
    return this.#reader.reusable && this.#outgoing.whole;
  }

  /** @throws Error when the connection fails for a reason that is not the proxy's */
  start(connection: Connection): Promise<Reply> {
    this.#connection = connection;
    this.#options.note("asked", `${this.#request.method} ${this.#request.path}`);
    this.#outgoing.start();
    return this.#reply.promise;
  }

  received(bytes: Buffer): void {
    this.#received.push(bytes);
    this.#reader.push(bytes);
    if (this.#reader.whole) this.#finish("whole");
    else if (this.#reader.malformed !== undefined) this.#finish("malformed");
  }

  ended(how: End): void {
    if (how === "fin") this.#reader.end();
    if (this.#ending === undefined) this.#finish(how === "rst" ? "rst" : "fin");
    else this.#options.note("disconnected", how);
  }

  refused(code: string): void {
    this.#options.note("refused", code);
    this.#finish("rst");
  }

  failed(error: Error): void {
    if (this.#ending !== undefined) return;
    this.#ending = "rst";
    clearTimeout(this.#patience);
    const { method, path } = this.#request;
    this.#reply.reject(new Error(`The client could not ask ${method} ${path}: ${error.message}`, { cause: error }));
  }

  #content(piece: Buffer): void {
    this.#inspector.feed(piece);
    if (this.#reader.head?.status === 101) this.#options.note("message", `${piece.length} octets`);
  }

  #interim(status: number): void {
    this.#options.note("interim", String(status));
    if (status === 100) this.#outgoing.allow();
  }

  #rest(): void {
    if (this.#request.body && this.#outgoing.whole) this.#options.note("body sent", String(this.#request.body.length));
  }

  #write(bytes: Uint8Array, taken: () => void): void {
    this.#connection?.send(bytes, () => {
      if (this.#ending !== undefined) return;
      this.#sent.push(bytes);
      this.#sending = this.#elapsed;
      taken();
    });
  }

  #finish(ending: Ending): void {
    if (this.#ending !== undefined) return;
    this.#ending = ending;
    clearTimeout(this.#patience);
    const took = this.#elapsed;
    const response = this.#response();
    const outcome = outcomeOf({ ending, begun: this.#reader.begun, ...(response && { response }) });
    this.#options.note("answered", `${outcome}, ${this.#reader.malformed ?? ending}`);
    const settle = () => this.#settle({ took, ending, outcome });
    // What has arrived behind a whole message is still read, and so recorded.
    if (ending === "whole") afterNextPoll(settle);
    else settle();
  }

  #settle(known: Pick<Reply, "took" | "ending" | "outcome">): void {
    const response = this.#response();
    if (response?.extra) this.#options.note("extra", String(response.extra));
    const [sent, received] = [this.#sent.transcript(), this.#received.transcript()];
    this.#reply.resolve({ ...known, sending: this.#sending, sent, received, ...(response && { response }) });
  }

  /** Milliseconds, to a tenth. */
  get #elapsed(): number {
    return Math.round((performance.now() - this.#began) * 10) / 10;
  }

  #response(): Response | undefined {
    return responseOf(this.#reader, this.#inspector, this.#options.nonce);
  }
}
