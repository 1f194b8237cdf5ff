import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Identity } from "../../harness/net/certificates.ts";

/** Answers one request, waits for the word, then answers what was not asked yet and resets the connection. */
const source = `
  const { createServer } = require("node:net");
  const { TLSSocket } = require("node:tls");
  const { parentPort, workerData } = require("node:worker_threads");
  const { first, second, secure, flag } = workerData;
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.setNoDelay(true); // what waits for an acknowledgement would be thrown away with the reset
    const stream = secure ? new TLSSocket(socket, { ...secure, isServer: true }) : socket;
    stream.on("error", () => {});
    stream.once("data", () => stream.write(first));
    parentPort.once("message", () => stream.write(second, () => {
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

  private constructor(worker: Worker, flag: Int32Array, url: URL) {
    this.#worker = worker;
    this.#flag = flag;
    this.url = url;
  }

  /** @param identity over TLS, with this certificate */
  static async open(first: string, second: string, identity?: Identity): Promise<ResetBehindAnswer> {
    const flag = new Int32Array(new SharedArrayBuffer(4));
    const secure = identity && { key: identity.key, cert: identity.chain };
    const worker = new Worker(source, { eval: true, workerData: { first, second, secure, flag } });
    const [port] = await once(worker, "message");
    return new ResetBehindAnswer(worker, flag, new URL(`${secure ? "https" : "http"}://127.0.0.1:${port}`));
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
