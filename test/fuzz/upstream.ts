import { createServer, type Socket } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { closeServer, listen, trackConnections } from "../../harness/net/listen.ts";
import { reset } from "../../harness/net/reset.ts";
import type { Case } from "./cases.ts";
import { hasAfterthought, pieces } from "./framing.ts";

export interface CaseUpstream extends AsyncDisposable {
  readonly url: string;
  /** The cases by the number that stands in the request's path: `GET /17`. */
  readonly cases: Map<number, Case>;
  /** Those asked for on a connection on which an earlier one had an afterthought: it may have come in their place. */
  readonly overtaken: Set<number>;
}

/** One backend for all cases: each request names the one that it wants. */
export async function openCaseUpstream(): Promise<CaseUpstream> {
  const cases = new Map<number, Case>();
  const overtaken = new Set<number>();
  const server = createServer({ allowHalfOpen: true });
  const connections = trackConnections(server);
  server.on("connection", (socket) => {
    let text = "";
    let afterthought = false;
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      text += bytes.toString("latin1");
      const [, path] = /^[A-Z]+ \/(\d+) HTTP/.exec(text) ?? [];
      if (path === undefined || !text.includes("\r\n\r\n")) return;
      text = "";
      const wanted = cases.get(Number(path));
      if (!wanted) return;
      if (afterthought) overtaken.add(Number(path));
      afterthought ||= hasAfterthought(wanted);
      void play(socket, wanted);
    });
    socket.on("end", () => socket.end());
  });
  const { port } = await listen(server, { host: "127.0.0.1" });
  return {
    url: `http://127.0.0.1:${port}`,
    cases,
    overtaken,
    [Symbol.asyncDispose]: () => closeServer(server, connections),
  };
}

async function play(socket: Socket, one: Case): Promise<void> {
  for (const piece of pieces(one)) {
    if (socket.destroyed) return;
    socket.write(piece, "latin1");
    await nextTurn();
  }
  if (one.end === "fin") socket.end();
  if (one.end === "rst") reset(socket);
}
