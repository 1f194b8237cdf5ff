import { Connection, type Listener } from "./client/connection.ts";
import { Conversation, type Reply } from "./client/conversation.ts";
import type { Request } from "./client/request.ts";

export type { Reply } from "./client/conversation.ts";
export type { Request } from "./client/request.ts";

export interface ClientOptions {
  /** Eight hex digits that mark what our backends send. */
  readonly nonce: string;
  /** For one request with everything, in milliseconds. */
  readonly patience: number;
  /** Puts a fact on the timeline. */
  note(act: string, detail?: string): void;
}

/** Our own raw client of a proxy. It follows no redirect, repeats nothing and decodes nothing but chunks. */
export interface Client extends AsyncDisposable {
  /**
   * Always replies within the patience.
   * @throws Error when it cannot ask, for a reason that is not the proxy's, or has been closed
   */
  ask(request: Request): Promise<Reply>;
}

/** @throws TypeError when the route is no `http:` or `https:` URL */
export function openClient(route: URL, options: ClientOptions): Client {
  if (!/^https?:$/.test(route.protocol)) throw new TypeError(`route: wanted an http: or https: URL, got ${route.href}`);
  return new RawClient(route, options);
}

class RawClient implements Client {
  readonly #route: URL;
  readonly #options: ClientOptions;
  readonly #open = new Set<Connection>();
  readonly #asking = new Set<Conversation>();
  #closed = false;
  /** The connection that the request before has left, still listened to. */
  #left: { readonly connection: Connection; readonly reusable: boolean } | undefined;

  constructor(route: URL, options: ClientOptions) {
    this.#route = route;
    this.#options = options;
  }

  async ask(request: Request): Promise<Reply> {
    if (this.#closed) throw closed();
    const { host } = this.#route;
    const conversation = new Conversation(request, { host, ...this.#options });
    this.#asking.add(conversation);
    const connection = this.#connectionFor(request, conversation);
    try {
      const reply = await conversation.start(connection);
      if (conversation.complete) this.#leave(connection, conversation.reusable);
      else this.#drop(connection);
      return reply;
    } catch (error) {
      this.#drop(connection);
      throw error;
    } finally {
      this.#asking.delete(conversation);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    for (const connection of this.#open) this.#drop(connection);
    for (const conversation of this.#asking) conversation.failed(closed());
  }

  #connectionFor({ on }: Request, listener: Listener): Connection {
    const left = this.#left;
    this.#left = undefined;
    if (on === "same" && left?.reusable && left.connection.open) {
      left.connection.hand(listener);
      return left.connection;
    }
    if (left) this.#drop(left.connection);
    if (on === "same") this.#options.note("reopened");
    const connection = new Connection(this.#route, listener);
    this.#open.add(connection);
    return connection;
  }

  /** Also a connection that takes no other request stays for a while: bytes that nobody asked for may still come. */
  #leave(connection: Connection, reusable: boolean): void {
    if (this.#left) this.#drop(this.#left.connection);
    const left = { connection, reusable };
    this.#left = left;
    const over = (how: string) => this.#options.note("disconnected", how);
    connection.hand({
      received: (bytes) => {
        this.#options.note("extra", String(bytes.length));
        if (this.#left === left) this.#left = { connection, reusable: false };
      },
      ended: over,
      refused: over,
      failed: ({ message }) => over(message),
    });
  }

  #drop(connection: Connection): void {
    connection.destroy();
    this.#open.delete(connection);
  }
}

function closed(): Error {
  return new Error("the client has been closed");
}
