import type { ClientRequest, IncomingMessage, InformationEvent, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Timers } from "../plan.ts";
import { AttemptTimers } from "./attempt-timers.ts";
import type { Circumstances } from "./cause-of.ts";
import { type Connection, nobody } from "./connection.ts";
import { forward } from "./engine.ts";
import { UpstreamClosed } from "./failure.ts";
import { type ForwardedRequest, relayedTrailers } from "./forwarding.ts";
import { ResponseWatch } from "./response-watch.ts";

/** What one try needs. */
export interface AttemptOrder {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly forwarded: ForwardedRequest;
  readonly timers: Timers;
  readonly headLimit: number;
  readonly keepAlive: boolean;
  obtain(signal: () => AbortSignal): Promise<Connection>;
}

export interface AttemptEvents {
  interim(information: InformationEvent): void;
  response(incoming: IncomingMessage): void;
  switched(incoming: IncomingMessage, socket: Socket, head: Buffer): void;
  /** At most once, and nothing comes after it. */
  failed(error: unknown): void;
}

/** Room in Node's own limit above ours, so that ours is the one that counts. */
const parserSlack = 64 * 1024;

/** One try at an upstream: from the wish for a connection to the end of the response. */
export class Attempt {
  connection: Connection | undefined;
  readonly #order: AttemptOrder;
  readonly #events: AttemptEvents;
  /** Made only when something has to be waited for. */
  #abort: AbortController | undefined;
  readonly #timers: AttemptTimers;
  #watch: ResponseWatch | undefined;
  #outgoing: ClientRequest | undefined;
  #incoming: IncomingMessage | undefined;
  #over = false;

  constructor(order: AttemptOrder, events: AttemptEvents) {
    this.#order = order;
    this.#events = events;
    this.#timers = new AttemptTimers(
      order.timers,
      () => this.#watch?.quiet,
      (error) => this.fail(error),
    );
  }

  /** How far the response has come, for whoever looks for the cause of a failure. */
  get circumstances(): Circumstances {
    return { stage: "exchange", received: this.#watch?.received ?? 0, headWhole: this.#watch?.headWhole ?? false };
  }

  /** Nothing of it can fail any more: Node complains of what comes behind a whole response, too. */
  get over(): boolean {
    return this.#over || this.#incoming?.complete === true;
  }

  start(): void {
    const { request, response, forwarded, keepAlive } = this.#order;
    const { hasBody } = forwarded;
    const begin = (outgoing: ClientRequest) => this.#begin(outgoing);
    forward({ request, response, hasBody, keepAlive, begin, failed: (error) => this.fail(error) });
  }

  hold(): void {
    this.#timers.hold();
  }

  carryOn(): void {
    this.#timers.carryOn();
  }

  fail(error: unknown): void {
    if (this.over) return;
    this.abandon();
    this.#events.failed(error);
  }

  /** Ends the try: whatever comes from now on is nobody's. */
  abandon(): void {
    if (this.#over) return;
    this.#end();
    this.#order.request.unpipe();
    this.#abort?.abort();
    this.#outgoing?.destroy();
    this.connection?.destroy();
  }

  #begin(outgoing: ClientRequest): void {
    const { request, forwarded, headLimit } = this.#order;
    this.#outgoing = outgoing;
    for (const name of outgoing.getHeaderNames()) outgoing.removeHeader(name);
    outgoing.path = forwarded.path;
    for (const [name, value] of forwarded.fields) outgoing.appendHeader(name, value);
    // Node would drop fields beyond its own number without a word.
    Object.assign(outgoing, { maxHeadersCount: 0, maxHeaderSize: headLimit + parserSlack });
    outgoing.on("information", (information) => this.#onInterim(information));
    outgoing.on("response", (incoming) => this.#onResponse(incoming));
    if (forwarded.upgrade.length > 0) {
      outgoing.on("upgrade", (incoming, socket: Socket, head) => this.#onUpgrade(incoming, socket, head));
    }
    outgoing.once("finish", () => this.#timers.written());
    if (forwarded.hasBody) {
      request.prependListener("end", () => outgoing.addTrailers(relayedTrailers(request.rawTrailers)));
      // `flushHeaders()` would send octets above 0x7f as UTF-8.
      outgoing.write(Buffer.alloc(0));
    }
    const signal = () => {
      this.#abort ??= new AbortController();
      return this.#abort.signal;
    };
    this.#order.obtain(signal).then(
      (connection) => this.#use(outgoing, connection),
      (error) => this.fail(error),
    );
  }

  #use(outgoing: ClientRequest, connection: Connection): void {
    if (this.#over) {
      connection.release();
      return;
    }
    const { forwarded, headLimit, keepAlive } = this.#order;
    this.connection = connection;
    if (connection.socket.destroyed) {
      this.fail(new UpstreamClosed());
      return;
    }
    const watch = new ResponseWatch(connection, forwarded, headLimit, {
      requested: () => outgoing.headersSent,
      wrong: (error) => this.fail(error),
      progress: () => this.#timers.bytesCame(),
      freed: () => (keepAlive ? connection.release() : connection.destroy()),
    });
    connection.minder = watch;
    this.#watch = watch;
    this.#timers.connected(outgoing, connection, forwarded.hasBody);
    if (forwarded.expects) this.#timers.awaitContinue();
    outgoing.onSocket(connection.socket);
  }

  #onInterim(information: InformationEvent): void {
    if (this.#over) return;
    if (information.statusCode === 100 && this.#outgoing?.writableFinished === false) this.#timers.continued();
    this.#events.interim(information);
  }

  #onResponse(incoming: IncomingMessage): void {
    this.#incoming = incoming;
    incoming.on("error", (error) => this.fail(error));
    if (this.#over) return;
    this.#timers.headCame();
    incoming.once("end", () => this.#onComplete());
    this.#events.response(incoming);
  }

  #onUpgrade(incoming: IncomingMessage, socket: Socket, head: Buffer): void {
    if (this.connection) this.connection.minder = nobody;
    if (this.#over) {
      socket.destroy();
      return;
    }
    this.#end();
    this.#events.switched(incoming, socket, head);
  }

  #onComplete(): void {
    if (this.#over) return;
    if (this.#watch) this.#watch.complete = true;
    // The upstream has answered without waiting for the whole content: it need not get the rest (RFC 9112 §9.3).
    if (this.#outgoing?.writableEnded === false) this.abandon();
    else this.#end();
  }

  #end(): void {
    this.#over = true;
    this.#timers.end();
  }
}
