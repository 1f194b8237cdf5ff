import type { IncomingMessage, InformationEvent, ServerResponse } from "node:http";
import type { Answer } from "./answer.ts";
import type { Face } from "./face.ts";
import type { Failure } from "./failure.ts";
import { interimFields, takesTrailers } from "./forwarding.ts";
import type { Manner, Surroundings } from "./manner.ts";
import { Relay, type Upstreamward } from "./relay.ts";

/** What the client of one exchange gets: interim responses, then one final response, the upstream's or our own. */
export class Reply {
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #surroundings: Surroundings;
  readonly #manner: Manner;
  readonly #face: Face;
  #relay: Relay | undefined;
  #own = 0;
  /** The client has been told to send the content it held back. */
  #continued = false;

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    surroundings: Surroundings,
    manner: Manner,
    face: Face,
  ) {
    this.#request = request;
    this.#response = response;
    this.#surroundings = surroundings;
    this.#manner = manner;
    this.#face = face;
  }

  /** The upstream's final response is on its way to the client: there is no other any more. */
  get begun(): boolean {
    return this.#relay !== undefined;
  }

  /** Octets of content passed on, or of our own making. */
  get sent(): number {
    return this.#relay?.sent ?? this.#own;
  }

  interim({ statusCode, rawHeaders }: InformationEvent): void {
    if (this.#response.headersSent || this.#request.httpVersion === "1.0") return;
    if (statusCode === 100) this.#continued = true;
    this.#response.writeInformation(statusCode, interimFields(rawHeaders).flat());
  }

  /** Relays a response, or what its face has in place of it. Tells what it did. */
  relay(incoming: IncomingMessage, upstream: Upstreamward): "relayed" | "own" | Failure {
    const instead = this.#face.instead(incoming);
    if (instead === undefined) {
      this.#relay = new Relay(incoming, this.#response, this.#surroundings.options.name, this.#face);
      this.#relay.start(upstream, { trailers: takesTrailers(this.#request), last: this.#isLast });
      return "relayed";
    }
    if ("cause" in instead) return instead;
    this.#send(instead, false);
    incoming.resume();
    return "own";
  }

  /** Answers in the gateway's own words, or ends what has begun. Tells what it did; nothing, if nobody listens. */
  fail(failure: Failure): "own" | "cut" | undefined {
    const ending = this.#relay && this.#face.after(failure);
    if (this.#relay && !(ending === "answer" && this.#relay.held)) {
      if (ending === "complete") this.#relay.complete();
      else this.#relay.breakOff();
      return "cut";
    }
    this.#relay?.abandon();
    this.#relay = undefined;
    if (this.#response.destroyed || this.#response.headersSent) return undefined;
    // What could not be read leaves no frame to go on from.
    this.#send(this.#face.answer(failure), failure.cause === "http_request_error" && !this.#request.complete);
    return "own";
  }

  #send(answer: Answer, unframed: boolean): void {
    const { status, reason, fields, body } = answer;
    if (this.#isLast || unframed) fields.push("Connection", "close");
    this.#response.writeHead(status, reason, fields);
    this.#response.end(body);
    if (this.#request.method !== "HEAD") this.#own = Buffer.byteLength(body);
    this.#request.resume();
  }

  /** The client's connection ends with this response. */
  get #isLast(): boolean {
    // Whether content still comes is unknown when nobody has asked for it: only a close settles that (RFC 9110 §10.1.1).
    const heldBack = this.#manner.expects && !this.#continued && !this.#request.complete;
    return heldBack || this.#surroundings.draining || this.#manner.switching !== undefined;
  }
}
