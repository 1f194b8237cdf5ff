import type { Socket } from "node:net";
import { Duplex } from "node:stream";

/**
 * The bytes of a connection on their way to the TLS session above it, so that one can see when the connection has
 * ended and with which error.
 *
 *     TLSSocket ⇄ ByteTap ⇄ Socket
 */
export class ByteTap extends Duplex {
  /** The peer's FIN has come, and everything before it has been handed up. */
  ended = false;
  /** What broke the connection. */
  error: Error | undefined;
  readonly #socket: Socket;

  constructor(socket: Socket) {
    super({ allowHalfOpen: true });
    this.#socket = socket;
    socket.on("data", (chunk) => {
      if (!this.push(chunk)) socket.pause();
    });
    socket.once("end", () => this.push(null));
    this.once("end", () => {
      this.ended = true;
    });
    socket.on("error", (error) => {
      this.error = error;
      this.destroy(error);
    });
    socket.once("close", () => this.destroy());
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, written: (error?: Error | null) => void): void {
    this.#socket.write(chunk, written);
  }

  override _final(finished: (error?: Error | null) => void): void {
    this.#socket.end(() => finished());
  }

  override _destroy(error: Error | null, destroyed: (error?: Error | null) => void): void {
    this.#socket.destroy();
    destroyed(error);
  }
}
