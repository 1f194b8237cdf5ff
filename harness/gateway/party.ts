import type { IncomingMessage, InformationEvent, ServerResponse } from "node:http";
import type { Exchange } from "./exchange.ts";
import { ExchangeLog } from "./exchange-log.ts";
import type { Face } from "./face.ts";
import type { Failure } from "./failure.ts";
import type { Manner, Surroundings } from "./manner.ts";
import type { Upstreamward } from "./relay.ts";
import { Reply } from "./reply.ts";

/** One client of an exchange, with what it is told and what is written down about it. Mostly there is just one. */
export class Party {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly manner: Manner;
  readonly log: ExchangeLog;
  /** Unset while the same request has not come to all gateways that stand side by side. */
  exchange?: Exchange;
  readonly #reply: Reply;

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    surroundings: Surroundings,
    manner: Manner,
    face: Face,
  ) {
    this.request = request;
    this.response = response;
    this.manner = manner;
    this.#reply = new Reply(request, response, surroundings, manner, face);
    this.log = new ExchangeLog(request, response, surroundings.options.onAnswered, face);
    request.on("error", () => {});
    response.on("error", () => {});
    response.once("finish", this.tell);
  }

  get begun(): boolean {
    return this.#reply.begun;
  }

  interim(information: InformationEvent): void {
    this.#reply.interim(information);
  }

  relay(incoming: IncomingMessage, upstream: Upstreamward): void {
    if (this.response.destroyed) return;
    const did = this.#reply.relay(incoming, upstream);
    if (typeof did === "string") this.log.outcome = did;
    else this.fail(did);
  }

  fail(failure: Failure): void {
    this.log.failure = failure;
    const done = this.#reply.fail(failure);
    if (done) this.log.outcome = done;
    if (done === "cut") this.tell();
  }

  /** The client's connection has ended. */
  left(): void {
    if (this.log.outcome === "switched") return;
    if (!this.response.writableFinished && this.log.outcome === "relayed") this.log.outcome = "gone";
    this.tell();
  }

  readonly tell = (): void => this.log.tell(this.#reply.sent);
}
