import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { withDeadline } from "../net/deadline.ts";

/** A server with the shortest queue there is, on a thread of its own, so that it can stop accepting. */
export interface DeafServer extends AsyncDisposable {
  /** Ends every connection; from now on nobody accepts. Resolves when that is so. */
  deafen(): Promise<void>;
}

/** Runs in the worker. A backlog of 0 would become 511; a thread that waits on memory runs no event loop. */
const script = `
const { createServer } = require("node:net");
const { once } = require("node:events");
const { parentPort, workerData } = require("node:worker_threads");
const open = new Set();
const server = createServer((socket) => {
  open.add(socket);
  socket.on("error", () => {});
  socket.on("close", () => open.delete(socket));
  socket.on("data", () => socket.write(workerData.response));
});
server.listen({ host: workerData.host, port: workerData.port, backlog: 1 }, () => parentPort.postMessage("listening"));
parentPort.once("message", async () => {
  await Promise.all([...open].map((socket) => once(socket.destroy(), "close")));
  parentPort.postMessage("deaf");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
`;

/** @param response what it answers to whatever it is sent, while it hears */
export async function startDeafServer(host: string, port: number, response: Uint8Array): Promise<DeafServer> {
  const worker = new Worker(script, { eval: true, workerData: { host, port, response } });
  const said = (what: string) => withDeadline(once(worker, "message"), 5_000, `The listener ${what}`);
  try {
    await said("did not listen");
    return {
      async deafen() {
        const deaf = said("did not stop to accept");
        worker.postMessage("deafen");
        await deaf;
      },
      [Symbol.asyncDispose]: async () => void (await worker.terminate()),
    };
  } catch (error) {
    await worker.terminate();
    throw error;
  }
}
