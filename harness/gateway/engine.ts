import { EventEmitter } from "node:events";
import type { ClientRequest, IncomingMessage, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type HttpProxy from "http-proxy";
import { NoContent } from "./no-content.ts";

const require = createRequire(import.meta.url);

/** What of an engine is used. */
interface Engine {
  web(
    request: Asker,
    response: ServerResponse,
    options: HttpProxy.ServerOptions,
    failed: (error: unknown) => void,
  ): void;
}

/** What the engine takes for the request: nothing happens to it but what we do ourselves. */
interface Asker extends EventEmitter {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: Record<string, never>;
  readonly socket: { readonly destroyed: false };
}

/**
 * The `http-proxy` package. It copies `util._extend` when it is loaded, and calling that prints DEP0060 on every
 * start; so for the moment of loading it finds `Object.assign`, its replacement, in that place.
 */
function loadEngine(): { createProxyServer(options: HttpProxy.ServerOptions): Engine } {
  const util: { _extend: unknown } = require("node:util");
  const deprecated = util._extend;
  util._extend = Object.assign;
  try {
    return require("http-proxy");
  } finally {
    util._extend = deprecated;
  }
}

/**
 * One engine serves every gateway. Its answers are all made elsewhere (`selfHandleResponse`), and its pass
 * `deleteLength` is taken out: it declares `Content-Length: 0` for a chunked DELETE or OPTIONS and pipes the body
 * behind it, where the upstream reads it as a second request.
 */
const engine = createEngine();

function createEngine(): Engine {
  const proxy = loadEngine().createProxyServer({ selfHandleResponse: true, toProxy: true, ignorePath: true });
  const passes: { name: string }[] = Reflect.get(proxy, "webPasses");
  const index = passes.findIndex((pass) => pass.name === "deleteLength");
  if (index === -1) throw new Error("http-proxy has no pass of the name deleteLength any more");
  passes.splice(index, 1);
  return proxy;
}

/** The engine wants an address; the connection that it gets is ours. */
const target = { protocol: "http:", host: "upstream", port: 80 };

/** What the engine needs for one try. */
export interface EngineOrder {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly hasBody: boolean;
  readonly keepAlive: boolean;
  /** Called in the constructor of Node's request, before any content comes; a connection is awaited from here. */
  begin(outgoing: ClientRequest): void;
  failed(error: unknown): void;
}

/**
 * Pipes a request into one of Node's own, which `begin` gives its head and its connection. The engine does not see the
 * client's request itself: it would end the exchange with this client, whoever else is a party to it; copy the fields,
 * merged and in lower case; send `Expect` before we are asked; and add listeners for every try.
 */
export function forward({ request, response, hasBody, keepAlive, begin, failed }: EngineOrder): void {
  const agent = { protocol: "http:", keepAlive, maxSockets: Number.POSITIVE_INFINITY, addRequest: begin };
  const buffer = hasBody ? request : new NoContent();
  const { method, url } = request;
  const asker = Object.assign(new EventEmitter(), { method, url, headers: {}, socket: { destroyed: false } as const });
  engine.web(asker, response, { target, agent, buffer }, failed);
}
