import { createServer, type Socket } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { closeServer, listen, trackConnections } from "../../harness/net/listen.ts";
import { reset } from "../../harness/net/reset.ts";
import type { Case } from "./cases.ts";

export interface CaseUpstream extends AsyncDisposable {
  readonly url: string;
  /** The cases by the number that stands in the request's path: `GET /17`. */
  readonly cases: Map<number, Case>;
}

/** One backend for all cases: each request names the one that it wants. */
export async function openCaseUpstream(): Promise<CaseUpstream> {
  const cases = new Map<number, Case>();
  const server = createServer({ allowHalfOpen: true });
  const connections = trackConnections(server);
  server.on("connection", (socket) => {
    let text = "";
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      text += bytes.toString("latin1");
      const [, path] = /^[A-Z]+ \/(\d+) HTTP/.exec(text) ?? [];
      if (path === undefined || !text.includes("\r\n\r\n")) return;
      text = "";
      const wanted = cases.get(Number(path));
      if (wanted) void play(socket, wanted);
    });
    socket.on("end", () => socket.end());
  });
  const { port } = await listen(server, { host: "127.0.0.1" });
  return {
    url: `http://127.0.0.1:${port}`,
    cases,
    [Symbol.asyncDispose]: () => closeServer(server, connections),
  };
}

async function play(socket: Socket, { bytes, cuts, end }: Case): Promise<void> {
  const marks = [0, ...cuts.filter((cut) => cut < bytes.length), bytes.length];
  for (const [index, mark] of marks.slice(1).entries()) {
    if (socket.destroyed) return;
    socket.write(bytes.slice(marks[index], mark), "latin1");
    await nextTurn();
  }
  if (end === "fin") socket.end();
  if (end === "rst") reset(socket);
}
