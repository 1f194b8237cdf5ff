import { createServer, type RequestListener, request } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { closeServer, freePorts, listen, trackConnections } from "../../harness/net/listen.ts";
import { freshLoopback } from "../../harness/net/loopback.ts";

/** A proxy that somebody else runs: all that `check` knows of it is its URL. */
export interface RunningProxy extends AsyncDisposable {
  readonly url: string;
}

export interface Manner {
  /** How often it tries. */
  readonly tries: number;
  /** What it answers when none of them came to anything. */
  readonly status: number;
  /** Paths that it does not let through. */
  readonly hides?: RegExp;
  /** Where it listens; an address of its own unless told. */
  readonly host?: string;
  /** Speaks TLS to its clients, with this certificate. */
  readonly identity?: { readonly key: string; readonly cert: string };
}

/** Where a proxy may be told that its upstream is: a port that is free, on an address of its own. */
export async function freePlace(): Promise<{ readonly address: string; readonly port: number; readonly text: string }> {
  const address = freshLoopback();
  const [port = 0] = await freePorts(address, 1);
  return { address, port, text: `${address}:${port}` };
}

/** A plain proxy of Node's own parts that tries again whatever it is that failed. */
export async function simpleProxy(upstream: { address: string; port: number }, manner: Manner): Promise<RunningProxy> {
  const serve: RequestListener = async (incoming, outgoing) => {
    if (manner.hides?.test(incoming.url ?? "")) return void outgoing.writeHead(404).end();
    const pieces: Buffer[] = [];
    for await (const piece of incoming) pieces.push(piece);
    const attempt = (left: number) => {
      const { method, url, headers } = incoming;
      const where = { host: upstream.address, port: upstream.port, agent: false };
      const asked = request({ ...where, method, path: url, headers }, (response) => {
        outgoing.writeHead(response.statusCode ?? 0, response.statusMessage, response.rawHeaders);
        response.on("error", () => outgoing.destroy());
        response.pipe(outgoing);
      });
      asked.on("error", () => (left > 1 ? attempt(left - 1) : outgoing.writeHead(manner.status).end("it failed")));
      asked.end(Buffer.concat(pieces));
    };
    attempt(manner.tries);
  };
  const server = manner.identity ? createSecureServer(manner.identity, serve) : createServer(serve);
  const connections = trackConnections(server);
  const { address, port } = await listen(server, { host: manner.host ?? freshLoopback() });
  const scheme = manner.identity ? "https" : "http";
  return { url: `${scheme}://${address}:${port}`, [Symbol.asyncDispose]: () => closeServer(server, connections) };
}
