import type { ClientRequest, IncomingMessage, InformationEvent, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { Readable } from "node:stream";
import type { Timers } from "../plan.ts";
import type { Connection } from "./connection.ts";
import { Countdown } from "./countdown.ts";
import { engine } from "./engine.ts";
import { TimerRanOut } from "./failure.ts";
import { type ForwardedRequest, relayedTrailers } from "./forwarding.ts";
import { ResponseWatch } from "./response-watch.ts";
import { SendWatch } from "./send-watch.ts";

/** What one try needs. */
export interface AttemptOrder {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly forwarded: ForwardedRequest;
  readonly timers: Timers;
  readonly headLimit: number;
  readonly keepAlive: boolean;
  /** The content has been read by a try before this one, and there was none. */
  readonly again: boolean;
  obtain(signal: AbortSignal): Promise<Connection>;
  /** The connection is free for another request. */
  release(connection: Connection): void;
}

export interface AttemptEvents {
  interim(information: InformationEvent): void;
  response(incoming: IncomingMessage): void;
  switched(incoming: IncomingMessage, socket: Socket, head: Buffer): void;
  /** At most once, and nothing comes after it. */
  failed(error: unknown): void;
}

const target = { protocol: "http:", host: "upstream", port: 80 };

/** One try at an upstream: from the wish for a connection to the end of the response. */
export class Attempt {
  connection: Connection | undefined;
  watch: ResponseWatch | undefined;
  readonly #order: AttemptOrder;
  readonly #events: AttemptEvents;
  readonly #abort = new AbortController();
  readonly #send: SendWatch;
  readonly #head: Countdown;
  readonly #idle: Countdown;
  #outgoing: ClientRequest | undefined;
  #incoming: IncomingMessage | undefined;
  #over = false;
  #held = false;

  constructor(order: AttemptOrder, events: AttemptEvents) {
    this.#order = order;
    this.#events = events;
    const ranOut = (timer: "send" | "head" | "idle") => () =>
      this.fail(new TimerRanOut(timer, order.timers[timer], this.#quiet()));
    this.#send = new SendWatch(order.timers.send, ranOut("send"));
    this.#head = new Countdown(order.timers.head, ranOut("head"));
    this.#idle = new Countdown(order.timers.idle, ranOut("idle"));
  }

  start(): void {
    const { request, response, again, keepAlive } = this.#order;
    const agent = {
      protocol: "http:",
      keepAlive,
      maxSockets: Number.POSITIVE_INFINITY,
      addRequest: (outgoing: ClientRequest) => this.#begin(outgoing),
    };
    // The engine would copy the fields merged and in lower case, and send Expect before we are asked: it gets none.
    const { headers } = request;
    request.headers = {};
    engine.web(request, response, { target, agent, ...(again && { buffer: Readable.from([]) }) }, (error) => {
      // The engine reports the client's errors here too; who left needs no answer.
      if (!request.errored) this.fail(error);
    });
    request.headers = headers;
  }

  /** Ends the try: whatever comes from now on is nobody's. */
  abandon(): void {
    if (this.#over) return;
    this.#end();
    this.#order.request.unpipe();
    this.#abort.abort();
    this.#outgoing?.destroy();
    this.connection?.destroy();
  }

  /** Node complains of what comes behind a whole response, too; the response is none the worse for it. */
  fail(error: unknown): void {
    if (this.#over || this.#incoming?.complete === true) return;
    this.abandon();
    this.#events.failed(error);
  }

  /** The client reads slowly, so the upstream is held back by us: its silence is not its own. */
  hold(): void {
    this.#held = true;
    this.#idle.stop();
  }

  carryOn(): void {
    this.#held = false;
    if (!this.#over) this.#idle.start();
  }

  /** Called in the constructor of Node's request, after `http-proxy` has set the fields and before the content comes. */
  #begin(outgoing: ClientRequest): void {
    const { request, forwarded, headLimit } = this.#order;
    this.#outgoing = outgoing;
    for (const name of outgoing.getHeaderNames()) outgoing.removeHeader(name);
    outgoing.path = forwarded.path;
    for (const [name, value] of forwarded.fields) outgoing.appendHeader(name, value);
    // Our own limits come first: Node's would drop fields without a word, or count otherwise.
    Object.assign(outgoing, { maxHeadersCount: 0, maxHeaderSize: headLimit + 64 * 1024 });
    outgoing.on("information", (information) => this.#onInterim(information));
    outgoing.on("response", (incoming) => this.#onResponse(incoming));
    if (forwarded.upgrade.length > 0) {
      outgoing.on("upgrade", (incoming, socket: Socket, head) => this.#onUpgrade(incoming, socket, head));
    }
    outgoing.once("finish", () => this.#onWritten());
    if (forwarded.hasBody) {
      request.prependListener("end", () => outgoing.addTrailers(relayedTrailers(request.rawTrailers)));
      outgoing.flushHeaders();
    }
    this.#order.obtain(this.#abort.signal).then(
      (connection) => this.#use(outgoing, connection),
      (error) => this.fail(error),
    );
  }

  #use(outgoing: ClientRequest, connection: Connection): void {
    if (this.#over) {
      this.#order.release(connection);
      return;
    }
    const { forwarded, headLimit, keepAlive } = this.#order;
    this.connection = connection;
    const asked = { method: forwarded.method, upgrade: forwarded.upgrade };
    outgoing.once("socket", () => {
      this.watch = new ResponseWatch(connection, asked, headLimit, () => outgoing.headersSent, {
        wrong: (error) => this.fail(error),
        progress: () => this.#onProgress(),
      });
      this.#send.start(outgoing, connection);
      if (forwarded.expects) this.#head.start();
    });
    connection.socket.once("free", () => {
      this.watch?.release();
      if (keepAlive && !connection.spoilt) this.#order.release(connection);
      else connection.destroy();
    });
    outgoing.onSocket(connection.socket);
  }

  #onWritten(): void {
    this.#send.stop();
    if (this.#incoming === undefined && !this.#over) this.#head.start();
  }

  #onInterim(information: InformationEvent): void {
    if (this.#over) return;
    // The content comes now; the head is awaited again once all of it is written.
    if (information.statusCode === 100 && this.#outgoing?.writableFinished === false) this.#head.stop();
    this.#events.interim(information);
  }

  #onResponse(incoming: IncomingMessage): void {
    this.#incoming = incoming;
    this.#head.stop();
    incoming.on("error", (error) => this.fail(error));
    if (this.#over) return;
    this.#idle.start();
    incoming.once("end", () => this.#onComplete());
    this.#events.response(incoming);
  }

  #onUpgrade(incoming: IncomingMessage, socket: Socket, head: Buffer): void {
    this.watch?.release();
    if (this.#over) {
      socket.destroy();
      return;
    }
    this.#end();
    this.#events.switched(incoming, socket, head);
  }

  #onProgress(): void {
    if (this.#incoming !== undefined && !this.#held) this.#idle.start();
  }

  #onComplete(): void {
    if (this.#over) return;
    if (this.watch) this.watch.complete = true;
    // The upstream has answered without waiting for the whole content: it need not get the rest (RFC 9112 §9.3).
    if (this.#outgoing?.writableEnded === false) this.abandon();
    else this.#end();
  }

  #end(): void {
    this.#over = true;
    this.#send.stop();
    this.#head.stop();
    this.#idle.stop();
  }

  #quiet(): number | undefined {
    const last = this.watch?.lastByte;
    return last === undefined ? undefined : performance.now() - last;
  }
}
