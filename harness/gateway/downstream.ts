import { type IncomingMessage, type Server, ServerResponse } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { answerUnreadable, sendAlone } from "./client-faults.ts";
import { Exchange } from "./exchange.ts";
import { faceOf } from "./face-of.ts";
import type { Failure } from "./failure.ts";
import type { Manner, Surroundings } from "./manner.ts";
import { Party } from "./party.ts";

const noTunnel: Failure = { cause: "http_request_denied", details: "a gateway is no tunnel (RFC 9110 §9.3.6)" };

const unknownExpectation: Failure = {
  cause: "http_request_error",
  status: 417,
  details: "the expectation is not known (RFC 9110 §10.1.1)",
};

/** Makes an exchange of whatever clients send, readable or not. */
export function listenForClients(server: Server, surroundings: Surroundings): void {
  const { options } = surroundings;
  /** The latest on each connection. */
  const exchanges = new WeakMap<Duplex, Exchange>();
  let count = 0;
  const partyOf = (request: IncomingMessage, response: ServerResponse, manner: Manner): Party =>
    new Party(request, response, surroundings, manner, faceOf(options, request, ++count));
  const alone = (party: Party): Exchange => {
    const exchange = new Exchange([party], surroundings);
    exchanges.set(party.request.socket, exchange);
    return exchange;
  };
  const serve = (party: Party) => {
    if (surroundings.meet === undefined) alone(party).start();
    else surroundings.meet(party, (exchange) => exchanges.set(party.request.socket, exchange));
  };
  // Node would drop fields beyond its own number without a word; their size it limits all the same.
  server.maxHeadersCount = 0;
  server.on("request", (request, response) => serve(partyOf(request, response, { expects: false })));
  server.on("checkContinue", (request, response) => serve(partyOf(request, response, { expects: true })));
  server.on("checkExpectation", (request, response) =>
    alone(partyOf(request, response, { expects: true })).refuse(unknownExpectation),
  );
  server.on("upgrade", (request, socket, head) => {
    if (socket instanceof Socket) {
      serve(partyOf(request, responseOn(socket, request), { expects: false, switching: head }));
    }
  });
  server.on("connect", (request, socket) => sendAlone(socket, noTunnel, options, request));
  server.on("clientError", (error, socket) => answerUnreadable(error, socket, exchanges.get(socket), options));
}

/** Node leaves a connection that wants to switch to us, without a response to refuse it with. */
function responseOn(socket: Socket, request: IncomingMessage): ServerResponse {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  socket.on("error", () => socket.destroy());
  response.once("finish", () => {
    response.detachSocket(socket);
    socket.destroySoon();
  });
  return response;
}
