import type { Stage, Stages } from "./stage.ts";

/** An upstream that misbehaves in one exact way. */
export interface Fault {
  /** Opens the backend *sound*: listening, resolving, healthy; or where it will be, see `Backend.start`. */
  open(stage: Stage): Promise<Backend>;
  /**
   * Opens one backend for each of several stages that share what stands behind them, since it costs so much to open:
   * what happens to it happens when all of them have asked. Otherwise as `open`.
   */
  openAll?(stages: Stages): Promise<readonly Backend[]>;
  /**
   * There never is a connection: it is refused, or nobody takes it. Or the backend does not wait for a request.
   * Unset: it begins with one.
   */
  readonly strikes?: "before-connection" | "before-request";
  /** Nobody is there even while the proxy starts, so that it never meets a sound backend. */
  readonly dead?: true;
  /** It waits for what our own client says of its asks, so that it never happens where somebody else asks. */
  readonly needs?: "our client";
  /** What the fault needs and this machine lacks, with the command that supplies it. */
  missing?(): Promise<string | undefined>;
}

/** Thrown by `open`: the fault cannot be met at the port that the stage names. The message completes "no means for …". */
export class Unplaceable extends Error {}

export interface Backend extends AsyncDisposable {
  /** `http://host:port`, `https://host:port` or `unix:/path`: what the proxy is told. */
  readonly url: string;
  /** `address:port` of the DNS server that knows the name in `url`. */
  readonly resolver?: string;
  /** Name that the certificate of an `https` backend is issued for, sent as SNI. Unset: the host in `url`. */
  readonly serverName?: string;
  /**
   * Starts what takes a while, a process, and resolves when the backend is sound. Unset: it is, as soon as it is open.
   * Whoever is not the first waits for the same; `arm` does.
   */
  start?(): Promise<unknown>;
  /**
   * From now on the backend misbehaves. Ends every connection accepted while sound.
   * @param route where the proxy in front listens
   */
  arm(route: URL): Promise<void>;
  /** Called once all asks have ended: the place for a last own probe, noted as a proof. */
  prove?(): Promise<void>;
}

/** Opens a backend, starts it, and waits until it is sound. */
export async function openSound(fault: Fault, stage: Stage): Promise<Backend> {
  await using opening = new AsyncDisposableStack();
  const backend = opening.use(await fault.open(stage));
  await backend.start?.();
  opening.move();
  return backend;
}
