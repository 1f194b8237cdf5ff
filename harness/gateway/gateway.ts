import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { trackConnections } from "../net/listen.ts";
import { answerUnreadable, sendAlone } from "./client-faults.ts";
import { Exchange } from "./exchange.ts";
import type { Failure } from "./failure.ts";
import { type GatewayOptions, type GatewaySettings, withDefaults } from "./options.ts";
import { Pool } from "./pool.ts";
import { readCredentials } from "./secure.ts";
import { parseUpstream } from "./upstream.ts";

/** A reverse proxy that answers every fault of its upstreams as RFC 9110, 9112 and 9209 ask. */
export interface Gateway extends AsyncDisposable {
  readonly url: URL;
  readonly options: GatewayOptions;
}

const noTunnel: Failure = { cause: "http_request_denied", details: "a gateway is no tunnel (RFC 9110 §9.3.6)" };
const unknownExpectation: Failure = {
  cause: "http_request_error",
  status: 417,
  details: "the expectation is not known (RFC 9110 §10.1.1)",
};

/** @throws Error when an option is wrong, a file cannot be read, or the address cannot be listened on */
export async function startGateway(settings: GatewaySettings): Promise<Gateway> {
  const options = withDefaults(settings);
  const upstreams = options.upstreams.map(parseUpstream);
  const credentials = await readCredentials(options.trust);
  const pools = upstreams.map((upstream) => new Pool(upstream, { ...options, credentials }));
  const server = createServer({ keepAlive: true });
  server.maxHeadersCount = 0;
  const exchanges = new WeakMap<Duplex, Exchange>();
  const take = (expects: boolean) => (request: IncomingMessage, response: ServerResponse) => {
    const exchange = new Exchange(request, response, options, pools[0], { expects });
    exchanges.set(request.socket, exchange);
    response.once("close", () => exchanges.get(request.socket) === exchange && exchanges.delete(request.socket));
    exchange.start();
  };
  server.on("request", take(false));
  server.on("checkContinue", take(true));
  server.on("checkExpectation", (request, response) =>
    new Exchange(request, response, options, undefined, { expects: true }).refuse(unknownExpectation),
  );
  server.on("connect", (_request, socket) => sendAlone(socket, noTunnel, options.name));
  server.on("clientError", (error, socket) => answerUnreadable(error, socket, exchanges.get(socket), options.name));
  const clients = trackConnections(server);
  const address = await listening(server, options);
  return {
    url: new URL(`http://${address.family === "IPv6" ? `[${address.address}]` : address.address}:${address.port}`),
    options,
    [Symbol.asyncDispose]: () => close(server, clients, pools),
  };
}

async function listening(server: Server, { listen }: GatewayOptions): Promise<AddressInfo> {
  server.listen(listen.port, listen.host);
  await once(server, "listening");
  return server.address() as AddressInfo;
}

async function close(server: Server, clients: Set<Socket>, pools: readonly Pool[]): Promise<void> {
  const closed = server.listening ? once(server, "close") : undefined;
  server.close();
  for (const client of clients) client.destroy();
  for (const pool of pools) pool.destroy();
  await closed;
}
