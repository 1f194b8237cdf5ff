import { createServer, type Socket } from "node:net";
import { type Client, openClient, type Reply, type Request } from "../../harness/client.ts";
import { closeServer, listen, trackConnections } from "../../harness/net/listen.ts";

export const nonce = "0badcafe";

export interface RawServer extends AsyncDisposable {
  readonly url: URL;
  /** Connections accepted so far. */
  readonly accepted: number;
}

/** A server that plays with each connection's socket as it is told, on a free loopback port. */
export async function rawServer(play: (socket: Socket, turn: number) => void): Promise<RawServer> {
  let accepted = 0;
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on("error", () => {});
    accepted += 1;
    play(socket, accepted);
  });
  const connections = trackConnections(server);
  const { port } = await listen(server, { host: "127.0.0.1" });
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    get accepted() {
      return accepted;
    },
    [Symbol.asyncDispose]: () => closeServer(server, connections),
  };
}

/** Once the request's head has come: sends each text, with the nonce in it, then does as told. */
export function answering(text: string, then: (socket: Socket) => void = () => {}): (socket: Socket) => void {
  return (socket) => {
    socket.once("data", () => {
      socket.resume();
      socket.write(text.replaceAll("{nonce}", nonce), "latin1", () => then(socket));
    });
  };
}

export interface Notes {
  readonly acts: string[];
  readonly client: Client;
}

/** A client with what it notes, as `act: detail`. */
export function notedClient(url: URL, patience = 5_000, hear: (act: string) => void = () => {}): Notes {
  const acts: string[] = [];
  const note = (act: string, detail?: string) => {
    acts.push(detail === undefined ? act : `${act}: ${detail}`);
    hear(act);
  };
  return { acts, client: openClient(url, { nonce, patience, note }) };
}

/** One request on a fresh connection to a server that plays so. */
export async function askOnce(
  play: (socket: Socket, turn: number) => void,
  request: Partial<Request> = {},
  patience?: number,
): Promise<Reply & { readonly acts: readonly string[] }> {
  await using server = await rawServer(play);
  const { acts, client } = notedClient(server.url, patience);
  await using closing = client;
  return { ...(await closing.ask({ method: "GET", path: "/", fields: {}, on: "fresh", ...request })), acts };
}
