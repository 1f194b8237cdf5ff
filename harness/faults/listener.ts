import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { closeServer, listen, trackConnections } from "../net/listen.ts";
import { messageOf } from "../net/message-of.ts";
import type { Stage } from "../stage.ts";
import { muted } from "./muted.ts";
import { Peer } from "./peer.ts";
import { healthyScript, play, type Script } from "./script.ts";

/** How a connection becomes a stream of plain bytes: as it is, or by a TLS handshake first; nothing if that fails. */
export type Wrap = (tcp: Socket, stage: Stage) => Promise<Duplex | undefined>;

export interface Listener extends AsyncDisposable {
  /** 0 for a unix socket. */
  readonly port: number;
  /** Ends every connection accepted so far; from now on each one meets the script. */
  arm(script: Script, wrap?: Wrap): void;
  /** Stops listening and ends every connection; resolves when the port is free, or the socket file gone. */
  close(): Promise<void>;
}

/**
 * Listens on the stage's address, answering soundly until armed.
 * What happens while sound is not noted: it belongs to the proxy's start, not to the trial.
 * @param at a port that was its own before, or the path of a unix socket; the stage's port unless told
 */
export async function openListener(
  stage: Stage,
  soundWrap: Wrap = asItIs,
  at: number | string = stage.port,
): Promise<Listener> {
  const server: Server = createServer({ allowHalfOpen: true });
  const connections = trackConnections(server);
  let turn = { stage: muted(stage), script: healthyScript, wrap: soundWrap };
  let count = 0;
  server.on("connection", async (tcp) => {
    const { stage, script, wrap } = turn;
    const number = ++count;
    tcp.setNoDelay(true);
    tcp.on("error", () => {}); // the peer above has noted it
    stage.note("accepted", number === 1 ? undefined : `connection ${number}`);
    try {
      const stream = await wrap(tcp, stage);
      if (stream) await play(new Peer(stage, stream, tcp, number), script);
    } catch (error) {
      // A mistake in a scenario's own page: its proof will be missing, and here is why.
      stage.note("backend-broke", messageOf(error));
      tcp.destroy();
    }
  });
  const port =
    typeof at === "string"
      ? await listenAt(at, server)
      : (await listen(server, { host: stage.address, port: at })).port;
  const close = () => closeServer(server, connections);
  return {
    port,
    arm(script, wrap = soundWrap) {
      turn = { stage, script, wrap };
      count = 0;
      for (const socket of connections) socket.destroy();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

export const asItIs: Wrap = async (tcp) => tcp;

async function listenAt(path: string, server: Server): Promise<0> {
  server.listen(path);
  await once(server, "listening");
  return 0;
}
