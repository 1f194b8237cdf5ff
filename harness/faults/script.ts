import { answer } from "./content.ts";
import { type Peer, PeerGone } from "./peer.ts";
import { readRequest, type Step, send } from "./steps.ts";

/** What a backend does on each connection: the steps in turn, then the same again for the next request if told so. */
export interface Script {
  readonly steps: readonly Step[];
  /** Play the steps again on the same connection, for as long as it lasts; after the last request of it, end it. */
  readonly again?: true;
}

/** Answers every request on a connection with 200 and a small whole body. */
export const healthyScript: Script = { steps: [readRequest(), send(answer())], again: true };

/** Plays a script on one connection, to its end or the connection's. Without an end of its own the connection stays open. */
export async function play(peer: Peer, script: Script): Promise<void> {
  try {
    do {
      for (const step of script.steps) await step(peer);
    } while (script.again && !peer.last);
    if (script.again) peer.stream.end();
    for (;;) await peer.read(); // hold the connection, take what comes
  } catch (error) {
    if (!(error instanceof PeerGone)) throw error;
    if (peer.stream.readableEnded && !peer.stream.writableEnded) peer.stream.end();
  }
}
