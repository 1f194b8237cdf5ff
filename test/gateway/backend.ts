import { createServer, type Socket } from "node:net";
import { holdPort } from "../../harness/net/held-port.ts";
import { closeServer, listen, trackConnections } from "../../harness/net/listen.ts";

/** An upstream of bare bytes. */
export interface Backend extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Everything that each connection has carried, as latin1. */
  readonly heard: string[];
}

/** Plays `play` on every connection, counted from 0. */
export async function backend(play: (socket: Socket, connection: number) => void, port = 0): Promise<Backend> {
  const heard: string[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const connection = heard.push("") - 1;
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      heard[connection] += chunk.toString("latin1");
    });
    socket.on("end", () => socket.end());
    play(socket, connection);
  });
  const open = trackConnections(server);
  const address = await listen(server, { host: "127.0.0.1", port });
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    heard,
    [Symbol.asyncDispose]: () => closeServer(server, open),
  };
}

/** An upstream on whose port nobody listens, nor will while it is held. */
export async function deadBackend(): Promise<AsyncDisposable & { readonly url: string }> {
  const held = await holdPort("127.0.0.1");
  return { ...held, url: `http://127.0.0.1:${held.port}` };
}
