import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** Answers one request, waits for the word, then answers what was not asked yet and resets the connection. */
const source = `
  const { createServer } = require("node:net");
  const { parentPort, workerData } = require("node:worker_threads");
  const { first, second, flag } = workerData;
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => socket.write(first));
    parentPort.once("message", () => socket.write(second, () => {
      socket.resetAndDestroy();
      socket.once("close", () => { Atomics.store(flag, 0, 1); Atomics.notify(flag, 0); });
    }));
  });
  server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
`;

/** A server on a thread of its own, so that the client's thread can stand still until the RST has arrived. */
export class ResetBehindAnswer implements AsyncDisposable {
  readonly url: URL;
  readonly #worker: Worker;
  readonly #flag: Int32Array;

  private constructor(worker: Worker, flag: Int32Array, port: number) {
    this.#worker = worker;
    this.#flag = flag;
    this.url = new URL(`http://127.0.0.1:${port}`);
  }

  static async open(first: string, second: string): Promise<ResetBehindAnswer> {
    const flag = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(source, { eval: true, workerData: { first, second, flag } });
    const [port] = await once(worker, "message");
    return new ResetBehindAnswer(worker, flag, port);
  }

  /** Returns, without a turn of the event loop, when answer and RST are in the client's kernel buffer. */
  answerAndReset(): void {
    this.#worker.postMessage("reset");
    if (Atomics.wait(this.#flag, 0, 0, 5_000) === "timed-out") throw new Error("no RST within 5000 ms");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker.terminate();
  }
}
