import { type IncomingMessage, type Server, ServerResponse } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { answerUnreadable, sendAlone } from "./client-faults.ts";
import { Exchange } from "./exchange.ts";
import type { Failure } from "./failure.ts";
import type { Manner, Surroundings } from "./manner.ts";

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
  const take = (request: IncomingMessage, response: ServerResponse, manner: Manner): Exchange => {
    const exchange = new Exchange(request, response, surroundings, manner);
    exchanges.set(request.socket, exchange);
    return exchange;
  };
  // Node would drop fields beyond its own number without a word; their size it limits all the same.
  server.maxHeadersCount = 0;
  server.on("request", (request, response) => take(request, response, { expects: false }).start());
  server.on("checkContinue", (request, response) => take(request, response, { expects: true }).start());
  server.on("checkExpectation", (request, response) =>
    take(request, response, { expects: true }).refuse(unknownExpectation),
  );
  server.on("upgrade", (request, socket, head) => {
    if (!(socket instanceof Socket)) return;
    take(request, responseOn(socket, request), { expects: false, switching: head }).start();
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
