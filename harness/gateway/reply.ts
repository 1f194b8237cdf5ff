import type { IncomingMessage, InformationEvent, ServerResponse } from "node:http";
import { answerFor } from "./answer.ts";
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
  #relay: Relay | undefined;
  #own = 0;
  /** The client has been told to send the content it held back. */
  #continued = false;

  constructor(request: IncomingMessage, response: ServerResponse, surroundings: Surroundings, manner: Manner) {
    this.#request = request;
    this.#response = response;
    this.#surroundings = surroundings;
    this.#manner = manner;
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

  relay(incoming: IncomingMessage, upstream: Upstreamward): void {
    this.#relay = new Relay(incoming, this.#response, this.#surroundings.options.name);
    this.#relay.start(upstream, { trailers: takesTrailers(this.#request), last: this.#isLast });
  }

  /** Answers in the gateway's own words, or breaks off what has begun. Tells what it did; nothing, if nobody listens. */
  fail(failure: Failure): "own" | "cut" | undefined {
    if (this.#relay) {
      this.#relay.breakOff();
      return "cut";
    }
    const request = this.#request;
    const response = this.#response;
    if (response.destroyed || response.headersSent) return undefined;
    const answer = answerFor(failure, this.#surroundings.options.name, request.headers.accept);
    // What could not be read leaves no frame to go on from.
    const unframed = failure.cause === "http_request_error" && !request.complete;
    if (this.#isLast || unframed) answer.fields.push("Connection", "close");
    response.writeHead(answer.status, answer.reason, answer.fields);
    response.end(answer.body);
    if (request.method !== "HEAD") this.#own = Buffer.byteLength(answer.body);
    request.resume();
    return "own";
  }

  /** The client's connection ends with this response. */
  get #isLast(): boolean {
    // Whether content still comes is unknown when nobody has asked for it: only a close settles that (RFC 9110 §10.1.1).
    const heldBack = this.#manner.expects && !this.#continued && !this.#request.complete;
    return heldBack || this.#surroundings.draining || this.#manner.switching !== undefined;
  }
}
