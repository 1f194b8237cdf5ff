import { type ConnectionOptions, connect } from "node:tls";
import type { Backend } from "../../harness/fault.ts";
import { patienceFor } from "./bare-client.ts";

/**
 * What a client that verifies meets, in one word: `200` for a whole answer; `alert 40` for an alert it was sent; `rst`
 * and `fin` for the end of the TCP connection; the library's code for what it found wrong itself; `silence` otherwise,
 * which is seen by waiting for it: every other sign is waited for.
 */
export async function meet(
  backend: Backend,
  { wanted, ask = true, ...options }: ConnectionOptions & { wanted: string; ask?: boolean },
): Promise<string> {
  const { hostname, port } = new URL(backend.url);
  const { promise, resolve } = Promise.withResolvers<string>();
  const servername = backend.serverName ?? hostname;
  const socket = connect({ host: hostname, port: Number(port), servername, ...options });
  let text = "";
  socket.on("secureConnect", () => {
    if (ask) socket.write("GET / HTTP/1.1\r\nHost: upstream.test\r\n\r\n");
  });
  socket.on("data", (piece) => {
    text += piece;
    const { length } = /Content-Length: (?<length>\d+)/.exec(text)?.groups ?? {};
    if (length && text.length === text.indexOf("\r\n\r\n") + 4 + Number(length)) resolve(text.slice(9, 12));
  });
  socket.on("error", (error: NodeJS.ErrnoException) => resolve(wordFor(error)));
  socket.on("end", () => setImmediate(resolve, "fin")); // an error that explains the end comes right after it
  const patience = setTimeout(resolve, patienceFor(wanted), "silence");
  const word = await promise;
  clearTimeout(patience);
  socket.destroy();
  return word;
}

function wordFor({ code = "", message, syscall }: NodeJS.ErrnoException): string {
  const alert = /SSL alert number (\d+)/.exec(message);
  if (alert) return `alert ${alert[1]}`;
  // Node says ECONNRESET, too, of a FIN in the middle of a handshake; only a real one came out of a system call.
  if (code === "ECONNRESET") return syscall === "read" ? "rst" : "fin";
  return code;
}
