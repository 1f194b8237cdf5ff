import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import type { Stage, WireRecorder } from "../stage.ts";

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
  /** The request read last is the connection's last: its sender has said `Connection: close` (RFC 9112 §9.6). */
  last = false;
  #left = Buffer.alloc(0);
  #gone = false;
  readonly #record: WireRecorder;
  /** Whoever waits for something that a gone peer will never do. */
  readonly #waiting = new Set<(reason: PeerGone) => void>();

  constructor(stage: Stage, stream: Duplex, tcp: Socket, number: number) {
    this.stage = stage;
    this.stream = stream;
    this.tcp = tcp;
    this.number = number;
    this.#record = stage.record(number);
    stream.once("end", () => this.note("proxy-fin"));
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
    for (const reject of this.#waiting) reject(new PeerGone(why));
    this.#waiting.clear();
  }

  get gone(): boolean {
    return this.#gone;
  }

  /** Waits for a fact, unless the connection ends first. @throws PeerGone then */
  async orGone<T>(fact: Promise<T>): Promise<T> {
    const { promise: over, reject } = Promise.withResolvers<never>();
    if (this.#gone) reject(new PeerGone("the connection is closed"));
    this.#waiting.add(reject);
    try {
      return await Promise.race([fact, over]);
    } finally {
      this.#waiting.delete(reject);
    }
  }

  /** Lets time pass. @throws PeerGone when the connection ends first; its timer is then gone too */
  async delay(milliseconds: number): Promise<void> {
    const over = new AbortController();
    try {
      await this.orGone(delay(milliseconds, undefined, { signal: over.signal }));
    } finally {
      over.abort();
    }
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
      if (bytes) {
        this.#record.received(bytes);
        return bytes;
      }
      if (this.stream.readableEnded || this.#gone) throw new PeerGone("the proxy has ended its side");
      await this.orGone(readableOrEnded(this.stream));
    }
  }

  /** Puts bytes back that belong to what comes next. */
  unread(bytes: Buffer): void {
    if (bytes.length > 0) this.#left = Buffer.concat([bytes, this.#left]);
  }

  /** Hands bytes to the kernel; resolves when it has taken them all. */
  async write(bytes: Uint8Array): Promise<void> {
    if (this.#gone) throw new PeerGone("the connection is closed");
    this.#record.sent(bytes);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.stream.write(bytes, (error) => (error ? reject(new PeerGone(error.message)) : resolve()));
    await this.orGone(promise);
  }
}

/** Resolves when there is something to read, or nothing more to come. */
function readableOrEnded(stream: Duplex): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  stream.once("readable", resolve).once("end", resolve);
  return promise.finally(() => stream.off("readable", resolve).off("end", resolve));
}
