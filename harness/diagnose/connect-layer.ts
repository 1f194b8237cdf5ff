import { connectCause } from "../connect-causes.ts";
import { EnduringSocket } from "../net/enduring-socket.ts";
import { type Finding, failedStep, type Step, since } from "./layer.ts";
import type { Connected, Destination } from "./line.ts";
import type { DiagnoseOptions } from "./options.ts";
import type { Address } from "./resolve-layer.ts";
import type { Sign } from "./signs.ts";
import type { Target } from "./target.ts";

/** One address, or a unix socket. */
interface Place {
  readonly where: string;
  readonly to: Destination;
}

/** One try at one place. */
interface Attempt {
  readonly place: Place;
  readonly took: number;
  readonly socket?: EnduringSocket;
  /** The system's error code, or `timeout` for our own clock. */
  readonly code?: string;
}

/** Connects to every address at once, keeps the first that worked, and says what became of the others. */
export async function connectLayer(
  target: Target,
  addresses: readonly Address[],
  options: DiagnoseOptions,
): Promise<Step<Connected>> {
  options.signal?.throwIfAborted();
  const attempts = await attemptAll(placesOf(target, addresses), options);
  const facts =
    attempts.length > 1 ? attempts.map((each) => `${each.place.where}: ${wordsFor(each)} (${each.took} ms)`) : [];
  const [chosen, ...spare] = attempts.filter(({ socket }) => socket !== undefined);
  for (const { socket } of spare) socket?.destroy();
  const good = chosen && (await fresh(chosen, options));
  const failed = attempts.filter(({ socket }) => socket === undefined);
  if (good?.socket === undefined) {
    const first = good ?? failed[0];
    const finding = first === undefined ? noAddress : findingFor(first, target, options);
    return failedStep({ name: "connect", took: first?.took ?? 0, facts }, finding);
  }
  const findings = failed.map((each): Finding => {
    const { cause, says } = findingFor(each, target, options);
    return { layer: "connect", sign: "some-addresses-dead", ...(cause && { cause }), says };
  });
  const layer = {
    name: "connect",
    verdict: "ok",
    took: good.took,
    says: `${good.place.where} took the connection`,
    facts,
  } as const;
  return { layer, value: { socket: good.socket, to: good.place.to }, findings };
}

function placesOf({ socketPath, port = 80 }: Target, addresses: readonly Address[]): Place[] {
  if (socketPath !== undefined) return [{ where: socketPath, to: { path: socketPath } }];
  return addresses.map(({ address, family }) => ({
    where: family === 6 ? `[${address}]:${port}` : `${address}:${port}`,
    to: { host: address, port },
  }));
}

/** Who is broken off leaves no connection behind, not even one that stood already. */
async function attemptAll(places: readonly Place[], options: DiagnoseOptions): Promise<Attempt[]> {
  const attempts = places.map((place) => attempt(place, options));
  try {
    return await Promise.all(attempts);
  } catch (error) {
    for (const each of attempts) each.then(({ socket }) => socket?.destroy()).catch(() => {});
    throw error;
  }
}

/** A connection on which nothing was asked while a slower address was waited for may be over by now. */
async function fresh(attempted: Attempt, options: DiagnoseOptions): Promise<Attempt> {
  const { place, socket } = attempted;
  if (!socket || !(socket.destroyed || socket.readableEnded)) return attempted;
  socket.destroy();
  return attempt(place, options);
}

const noAddress = {
  sign: "name-without-address",
  cause: "dns_error",
  says: "there is no address to connect to",
} as const;

function attempt(place: Place, { timers, signal }: DiagnoseOptions): Promise<Attempt> {
  const begun = performance.now();
  const socket = new EnduringSocket({ allowHalfOpen: true });
  socket.setNoDelay(true);
  const { promise, resolve, reject } = Promise.withResolvers<Attempt>();
  const give = (outcome: Pick<Attempt, "socket" | "code">) => resolve({ place, took: since(begun), ...outcome });
  const clock = timers.connect > 0 ? setTimeout(() => give({ code: "timeout" }), timers.connect) : undefined;
  const leave = () => reject(signal?.reason);
  const failed = (error: NodeJS.ErrnoException) => give({ code: error.code ?? error.message });
  signal?.addEventListener("abort", leave);
  socket.on("error", failed);
  socket.once("connect", () => give({ socket }));
  socket.connect(place.to);
  return promise
    .then((outcome) => {
      socket.on("error", () => {}); // until it is used; the stream remembers it
      socket.off("error", failed);
      if (outcome.socket === undefined) socket.destroy();
      return outcome;
    })
    .finally(() => {
      clearTimeout(clock);
      signal?.removeEventListener("abort", leave);
      if (signal?.aborted) socket.destroy();
    });
}

function wordsFor({ code }: Attempt): string {
  if (code === undefined) return "connected";
  return code === "timeout" ? "no answer" : code;
}

const socketSigns: Readonly<Record<string, Sign>> = {
  ENOENT: "socket-missing",
  ECONNREFUSED: "socket-stale",
  EACCES: "socket-forbidden",
};

function findingFor(
  { place: { where }, code = "" }: Attempt,
  { socketPath }: Target,
  { timers }: DiagnoseOptions,
): Omit<Finding, "layer"> {
  if (code === "timeout") {
    const says = `${where} did not take the connection within ${timers.connect} ms`;
    return { sign: "connect-timeout", cause: "connection_timeout", says };
  }
  const says = `${where}: ${sentences[code] ?? `connecting failed with ${code}`}`;
  const sign: Sign = (socketPath === undefined ? signs[code] : socketSigns[code]) ?? "not-connected";
  return { sign, cause: connectCause(code), says };
}

const signs: Readonly<Record<string, Sign>> = {
  ECONNREFUSED: "refused",
  ETIMEDOUT: "connect-timeout",
  ECONNRESET: "reset-unasked",
};

const sentences: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused, nobody listens there (ECONNREFUSED)",
  ECONNRESET: "the connection was reset as soon as it stood (ECONNRESET)",
  ENOENT: "there is no such socket file (ENOENT)",
  EACCES: "we may not open this socket (EACCES)",
  ENETUNREACH: "no route leads there (ENETUNREACH)",
  EHOSTUNREACH: "no route leads there (EHOSTUNREACH)",
  ETIMEDOUT: "the kernel gave up waiting for an answer (ETIMEDOUT)",
};
