import type { IncomingMessage, Server } from "node:http";
import { Socket } from "node:net";
import { createServer, ServerResponse } from "../net/node-http.ts";
import { answerUnreadable, sendAlone } from "./client-faults.ts";
import { Exchange } from "./exchange.ts";
import { faceOf } from "./face-of.ts";
import type { Failure } from "./failure.ts";
import { hasContent } from "./forwarding.ts";
import type { Manner, Surroundings } from "./manner.ts";
import { Party } from "./party.ts";
import { Unanswered } from "./unanswered.ts";

const noTunnel: Failure = { cause: "http_request_denied", details: "a gateway is no tunnel (RFC 9110 §9.3.6)" };

const unknownExpectation: Failure = {
  cause: "http_request_error",
  status: 417,
  details: "the expectation is not known (RFC 9110 §10.1.1)",
};

/** A server that makes an exchange of whatever clients send, readable or not. */
export function serverFor(surroundings: Surroundings): Server {
  const { options } = surroundings;
  const unanswered = new Unanswered();
  let count = 0;
  const partyOf = (request: IncomingMessage, response: ServerResponse, manner: Manner): Party => {
    const party = new Party(request, response, surroundings, manner, faceOf(options, request, ++count));
    unanswered.add(party);
    return party;
  };
  const serve = (party: Party) => {
    if (surroundings.meet === undefined) new Exchange([party], surroundings).start();
    else surroundings.meet(party);
  };
  const server = createServer({
    // Refused by a rule of ours, with `Proxy-Status`.
    requireHostHeader: false,
    // Behind what is still to be answered the wish is ignored: the connection could not switch yet.
    shouldUpgradeCallback: (request) => mayUpgrade(request) && unanswered.latest(request.socket) === undefined,
  });
  // Node would drop fields beyond its own number without a word; their size it limits all the same.
  server.maxHeadersCount = 0;
  server.on("request", (request, response) => serve(partyOf(request, response, { expects: false })));
  server.on("checkContinue", (request, response) => serve(partyOf(request, response, { expects: true })));
  server.on("checkExpectation", (request, response) =>
    new Exchange([partyOf(request, response, { expects: true })], surroundings).refuse(unknownExpectation),
  );
  server.on("upgrade", (request, socket, head) => {
    if (socket instanceof Socket) {
      serve(partyOf(request, responseOn(socket, request), { expects: false, switching: head }));
    }
  });
  server.on("connect", (request, socket) => {
    unanswered.mind(socket);
    sendAlone(socket, noTunnel, unanswered, options, request);
  });
  server.on("clientError", (error, socket) => answerUnreadable(error, socket, unanswered, options));
  return server;
}

/** Whether a wish to switch protocols is one to carry: others are ignored, and so is any in HTTP/1.0 (RFC 9110 §7.8). */
function mayUpgrade({ method, httpVersion, headers }: IncomingMessage): boolean {
  if (method !== "GET" || httpVersion === "1.0" || !/\bwebsocket\b/i.test(headers.upgrade ?? "")) return false;
  // Node would take content for what is said after the switch.
  return !hasContent(headers);
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
