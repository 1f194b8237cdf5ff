import { once } from "node:events";
import { connect } from "node:net";

/** What a bare socket meets. */
export interface Meeting {
  /**
   * `unconnected`: no answer to the connect; `silence`: connected, and then nothing more came; `fin` and `rst`: how the
   * other side ended it; `kept`: bytes came and the connection stays open; otherwise the error's code.
   */
  readonly sign: string;
  /** What came, as latin1 text. */
  readonly received: string;
}

/** Milliseconds after which whoever keeps still will go on doing so. */
const stillness = 250;

/** For what is expected to come: on a busy machine that may take a while. */
export const unhurried = 5_000;

/** Silence is seen by waiting for it; whatever else is wanted is waited for. */
export function patienceFor(signs: string | readonly string[]): number {
  return ["silence", "unconnected"].some((sign) => [signs].flat().includes(sign)) ? 2 * stillness : unhurried;
}

/** How long to look on behind the last byte: a connection is seen to be kept by waiting; an end is waited for. */
export function stillnessFor(signs: string | readonly string[]): number {
  return [signs].flat().includes("kept") ? stillness : unhurried;
}

/** Sends one GET, and looks on for `patience` milliseconds, and for `behind` after the last byte. */
export async function meet(url: string, patience = unhurried, path = "/", behind = stillness): Promise<Meeting> {
  const { hostname: host, port } = new URL(url);
  const socket = connect({ host, port: Number(port) });
  let received = "";
  let sign = "unconnected";
  socket.setTimeout(patience);
  socket.on("connect", () => {
    sign = "silence";
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  });
  socket.setEncoding("latin1").on("data", (text: string) => {
    received += text;
    sign = "kept";
    socket.setTimeout(behind);
  });
  socket.on("end", () => {
    sign = "fin";
  });
  socket.on("error", (error: NodeJS.ErrnoException) => {
    sign = error.code === "ECONNRESET" || error.code === "EPIPE" ? "rst" : (error.code ?? error.message);
  });
  socket.on("timeout", () => socket.destroy());
  await once(socket, "close").catch(() => {}); // the error is the sign
  return { sign, received };
}
