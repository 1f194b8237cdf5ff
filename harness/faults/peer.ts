import { once } from "node:events";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Stage } from "../stage.ts";

/** Thrown into a script when the proxy has ended the connection; the script is then over. */
export class PeerGone extends Error {}

/**
 * One connection that the proxy has opened, as a script of steps sees it.
 *
 *     proxy ──▶ stream (plain: the socket itself; TLS: what is decrypted)
 *               tcp    (the socket below, for RST and FIN)
 */
export class Peer {
  readonly stage: Stage;
  readonly stream: Duplex;
  readonly tcp: Socket;
  /** Counts the connections of this backend from 1. */
  readonly number: number;
  #left = Buffer.alloc(0);
  #gone = false;
  readonly #over = Promise.withResolvers<never>();

  constructor(stage: Stage, stream: Duplex, tcp: Socket, number: number) {
    this.stage = stage;
    this.stream = stream;
    this.tcp = tcp;
    this.number = number;
    this.#over.promise.catch(() => {}); // whoever awaits a step hears of it; nobody need
    stream.once("close", () => this.#end("the connection is closed"));
    stream.on("error", (error: NodeJS.ErrnoException) => {
      this.note(error.code === "ECONNRESET" ? "proxy-reset" : "proxy-error", error.code ?? error.message);
      this.#end(error.message);
    });
  }

  note(act: string, detail = ""): void {
    this.stage.note(act, this.number === 1 ? detail : `${detail} (connection ${this.number})`.trim());
  }

  #end(why: string): void {
    this.#gone = true;
    this.#over.reject(new PeerGone(why));
  }

  get gone(): boolean {
    return this.#gone;
  }

  /** Waits for a fact, unless the connection ends first. */
  orGone<T>(fact: Promise<T>): Promise<T> {
    return Promise.race([fact, this.#over.promise]);
  }

  /** The next bytes from the proxy. @throws PeerGone at the end of what it sends */
  async read(): Promise<Buffer> {
    if (this.#left.length > 0) {
      const left = this.#left;
      this.#left = Buffer.alloc(0);
      return left;
    }
    for (;;) {
      const bytes: Buffer | null = this.stream.read();
      if (bytes) return bytes;
      if (this.stream.readableEnded || this.#gone) throw new PeerGone("the proxy has ended its side");
      const settled = new AbortController();
      const { signal } = settled;
      try {
        await this.orGone(Promise.race([once(this.stream, "readable", { signal }), once(this.stream, "end", { signal })]));
      } finally {
        settled.abort();
      }
    }
  }

  /** Puts bytes back that belong to what comes next. */
  unread(bytes: Buffer): void {
    if (bytes.length > 0) this.#left = Buffer.concat([bytes, this.#left]);
  }

  /** Hands bytes to the kernel; resolves when it has taken them all. */
  async write(bytes: Uint8Array): Promise<void> {
    if (this.#gone) throw new PeerGone("the connection is closed");
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.stream.write(bytes, (error) => (error ? reject(new PeerGone(error.message)) : resolve()));
    await this.orGone(promise);
  }
}
