import { connect, type Socket } from "node:net";
import { reset } from "../net/reset.ts";
import type { Played } from "./trials.ts";

/**
 * The connection behind the front, to the backend of one trial. What the backend does to it, the proxy sees: bytes as
 * they come, a FIN as a FIN, an RST as an RST.
 */
export class Far {
  readonly played: Played;
  readonly #socket: Socket;
  #over = false;

  constructor(played: Played, near: Socket) {
    this.played = played;
    const { hostname, port } = played.address;
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    this.#socket = socket;
    socket.setNoDelay(true);
    const resume = () => socket.resume();
    near.on("drain", resume);
    socket.on("data", (bytes) => {
      if (!near.write(bytes)) socket.pause();
    });
    socket.on("end", () => {
      if (!this.#over) near.end();
    });
    socket.on("error", () => {
      if (!this.#over) reset(near);
    });
    socket.on("close", () => {
      near.off("drain", resume);
      this.#over = true;
    });
  }

  get over(): boolean {
    return this.#over;
  }

  /** Resolves when there is room for more, or nobody takes any. */
  async write(bytes: Uint8Array): Promise<void> {
    if (this.#over || bytes.length === 0 || this.#socket.write(bytes)) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#socket.once("drain", resolve).once("close", resolve);
    await promise;
    this.#socket.off("drain", resolve).off("close", resolve);
  }

  end(): void {
    this.#socket.end();
  }

  reset(): void {
    this.#over = true;
    reset(this.#socket);
  }

  /** The proxy's connection goes on without it. */
  leave(): void {
    this.#over = true;
    this.#socket.destroy();
  }
}
