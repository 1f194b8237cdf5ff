import type { Socket } from "node:net";

/**
 * Ends a connection with RST, what is unsent thrown away.
 *
 * While a FIN is on its way libuv refuses to reset (`uv_tcp_close_reset` gives EINVAL), and Node 24 then loses the handle
 * though it says that the socket is destroyed: no RST goes out, and the process spins for ever when it ends. So the FIN
 * is waited for.
 */
export function reset(socket: Socket): void {
  const finUnderWay = socket.writableEnded && !socket.writableFinished && !socket.destroyed;
  if (finUnderWay) socket.once("finish", () => socket.resetAndDestroy());
  else socket.resetAndDestroy();
}
