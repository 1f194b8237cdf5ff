import { connect, createServer, type Socket } from "node:net";
import { type Backend, type Fault, openSound } from "../fault.ts";
import { closeServer, listen, trackConnections } from "../net/listen.ts";
import { openTogether } from "../net/open-together.ts";
import type { Stage } from "../stage.ts";
import { splice } from "./splice.ts";

/** One of the faults that a connection may meet, under the name that the timeline gives it. */
export interface Part {
  readonly name: string;
  readonly fault: Fault;
}

/** Tells which part a connection meets, as an index; connections are counted from 1, in the order of their accept. */
export type Choose = (connection: number) => number;

/**
 * A backend that lets each connection meet one of several faults. All of them are open; a listener in front hands each
 * connection on to the one chosen, byte for byte, FIN for FIN and RST for RST. Notes `chose` for each connection; the
 * parts note the rest, and count their own connections.
 *
 *     proxy ──▶ front ──┬──▶ part 1
 *                       └──▶ part 2
 *
 * @param begin called when the fault is armed; `over` aborts when it is closed
 */
export function choosing(parts: readonly Part[], begin: (stage: Stage, over: AbortSignal) => Choose): Fault {
  return {
    ...(parts.some(({ fault }) => fault.strikes) && { strikes: "before-request" }),
    ...(parts.some(({ fault }) => fault.needs) && { needs: "our client" }),
    async open(stage): Promise<Backend> {
      for (const part of parts) refuseUnchoosable(part);
      await using opening = new AsyncDisposableStack();
      const chosen: number[][] = parts.map(() => []);
      const backends = await openTogether<Backend[]>(
        opening,
        parts.map(async ({ fault }, part) => {
          const record = (number: number) => stage.record(chosen[part]?.[number - 1] ?? number);
          return openSound(fault, { ...stage, port: 0, record });
        }),
      );
      const url = urlOf(parts, backends);
      const over = new AbortController();
      opening.defer(() => over.abort());
      const front = opening.use(await openFront(stage, backends));
      const open = opening.move();
      const serverName = backends.find((backend) => backend.serverName)?.serverName;
      return {
        url: `${url.protocol}//${stage.address}:${front.port}`,
        ...(serverName !== undefined && { serverName }),
        async arm(route) {
          await Promise.all(backends.map((backend) => backend.arm(route)));
          const choose = begin(stage, over.signal);
          front.arm((connection) => {
            const part = choose(connection);
            stage.note("chose", `${parts[part]?.name} for connection ${connection}`);
            chosen[part]?.push(connection);
            return part;
          });
        },
        async prove() {
          if (front.unreached) throw new Error(front.unreached);
          await Promise.all(backends.map((backend) => backend.prove?.()));
        },
        [Symbol.asyncDispose]: () => open.disposeAsync(),
      };
    },
    async missing() {
      const lacks = await Promise.all(parts.map(({ fault }) => fault.missing?.()));
      return lacks.find((lack) => lack !== undefined);
    },
  };
}

interface Front extends AsyncDisposable {
  readonly port: number;
  /** Why a connection could not be handed on, when one could not. */
  readonly unreached: string | undefined;
  /** Ends every connection accepted so far and chooses for those to come. */
  arm(choose: Choose): void;
}

/** While sound, every connection goes to the first backend; they are all sound then. */
async function openFront(stage: Stage, backends: readonly Backend[]): Promise<Front> {
  let choose: Choose = () => 0;
  let count = 0;
  let unreached: string | undefined;
  const dialled = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const { hostname, port } = new URL(backends[choose(++count)]?.url ?? "");
    const far = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    dialled.add(far);
    far.once("close", () => dialled.delete(far));
    const lost = (error: Error) => {
      unreached ??= `${error.message}: ${beforeConnection}`;
    };
    far.once("error", lost);
    far.once("connect", () => far.off("error", lost));
    splice(near, far);
  });
  const accepted = trackConnections(server);
  const { port } = await listen(server, { host: stage.address, port: stage.port });
  return {
    port,
    get unreached() {
      const unanswered = [...dialled].some(({ connecting }) => connecting);
      return unreached ?? (unanswered ? `nobody takes the connection: ${beforeConnection}` : undefined);
    },
    arm(next) {
      choose = next;
      count = 0;
      for (const socket of [...accepted, ...dialled]) socket.destroy();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of dialled) socket.destroy();
      await closeServer(server, accepted);
    },
  };
}

const beforeConnection =
  "a fault that strikes before there is a connection cannot be chosen for one that has been accepted";

function refuseUnchoosable({ name, fault }: Part): void {
  if (fault.strikes === "before-connection")
    throw new Error(`${name}: ${beforeConnection}; give it an upstream of its own`);
}

/** The front passes on what is spoken behind it, so all parts must be reached in one way. */
function urlOf(parts: readonly Part[], backends: readonly Backend[]): URL {
  const urls = backends.map((backend, part) => {
    const name = parts[part]?.name;
    if (backend.resolver !== undefined) throw new Error(`${name} is found by its name: ${beforeConnection}`);
    if (backend.url.startsWith("unix:"))
      throw new Error(`${name} is a unix socket: only TCP connections can be handed on`);
    return new URL(backend.url);
  });
  const [first, ...others] = urls;
  if (!first) throw new RangeError("wanted at least one fault to choose from, got none");
  const odd = others.find(({ protocol }) => protocol !== first.protocol);
  if (odd) throw new Error(`wanted faults that are all reached in one way, got ${first.protocol} and ${odd.protocol}`);
  return first;
}
