import { holdPort } from "../net/held-port.ts";
import type { Stage } from "../stage.ts";
import { answer } from "./content.ts";
import { type Listener, openListener } from "./listener.ts";
import { curtained } from "./muted.ts";
import type { Peer } from "./peer.ts";
import { proveRefused } from "./refusal.ts";
import { type RequestHead, readBody, readHead } from "./request.ts";
import type { Script } from "./script.ts";
import { rst, send } from "./steps.ts";

/** What a server tells whoever checks it; `dead` answers a check with RST. */
export type Health = "well" | "sick" | "dead";

/** What a server does with a request that is no check, once its content is read. */
export type Handle = (peer: Peer, request: RequestHead) => Promise<void>;

export interface CheckedServer extends AsyncDisposable {
  readonly port: number;
  readonly health: Health;
  /**
   * From now on requests are handled so. Unlike other faults it ends no connection: a check under way when it happens
   * must not fail for it, or the proxy begins with an upstream that it takes for down.
   */
  arm(handle: Handle): void;
  /** Changes what checks are told from now on. */
  become(health: Health): void;
  /** Resolves when so many checks have come since its health changed, those that came at once counted as one. */
  checked(times: number): Promise<void>;
  /** Resolves when whoever checks knows of its health. */
  seen(): Promise<void>;
  /**
   * Stops listening, ends every connection, and listens again on the same port once what it is down for has happened.
   * Notes `probe-refused` in between.
   */
  restart(down?: () => Promise<void>): Promise<void>;
}

/** The check at which what came of the ones before is known. */
const known = 3;

/**
 * Milliseconds that a check comes after the answer to the one before, if it knows of that. Caddy asks by the clock,
 * whether or not it has heard of the last one: after a moment without the processor several are under way at once, and
 * what it is told last can be overtaken by what it was told before.
 */
const apart = 30;

/**
 * A server with a path of its own for health checks, `GET path`. Notes each change of its health as `well`, `sick` or
 * `dead`; and `seen-well`, `seen-sick` or `seen-dead` at the third check after it, when the proxy knows of it. Checks that
 * come at once count as one; each that goes badly is noted as `check-failed`.
 */
export async function openCheckedServer(house: Stage, path: string): Promise<CheckedServer> {
  const { stage, raise } = curtained(house);
  const open = new AsyncDisposableStack();
  let listener: Listener = open.use(await openListener(stage));
  let handle: Handle = (peer) => send(answer())(peer);
  let health: Health = "well";
  let checks: number | undefined; // since its health changed
  let answered = Number.NEGATIVE_INFINITY;
  let waiting: { times: number; resolve: () => void }[] = [];

  const check = async (peer: Peer) => {
    const counts = performance.now() - answered >= apart;
    if (checks !== undefined && counts) {
      checks += 1;
      if (checks === known) stage.note(`seen-${health}`);
      for (const { times, resolve } of waiting) if (times === checks) resolve();
    }
    if (counts) answered = performance.now();
    if (health !== "well") peer.note("check-failed");
    if (health === "dead") await rst()(peer);
    await send(answer(health === "well" ? "200 OK" : "503 Service Unavailable"))(peer);
  };

  const serve = async (peer: Peer) => {
    const request = await readHead(peer);
    await readBody(peer, request);
    if (request.path === path) await check(peer);
    else await handle(peer, request);
  };
  const script: Script = { steps: [serve], again: true };
  listener.arm(script);

  /** Opens what is closed with the server, or at once when that has been closed meanwhile. */
  const kept = async <T extends AsyncDisposable>(opening: Promise<T>): Promise<T> => {
    const opened = await opening;
    if (!open.disposed) return open.use(opened);
    await opened[Symbol.asyncDispose]();
    throw new Error("the server was closed in the middle of its restart");
  };

  const checked = (times: number) => new Promise<void>((resolve) => waiting.push({ times, resolve }));
  return {
    get port() {
      return listener.port;
    },
    get health() {
      return health;
    },
    arm(armed) {
      handle = armed;
      raise();
    },
    become(now) {
      health = now;
      checks = 0;
      answered = Number.NEGATIVE_INFINITY;
      waiting = [];
      stage.note(now);
    },
    checked,
    seen: () => checked(known),
    async restart(down = async () => {}) {
      const { port } = listener;
      await listener.close();
      const held = await kept(holdPort(stage.address, port));
      await proveRefused(stage, stage.address, port);
      await down();
      await held[Symbol.asyncDispose]();
      listener = await kept(openListener(stage, undefined, port));
      listener.arm(script);
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}
