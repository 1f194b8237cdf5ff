import { connect, type Socket } from "node:net";
import type { Timers } from "../plan.ts";
import { causeOf, type Stage } from "./cause-of.ts";
import { Connection } from "./connection.ts";
import type { Credentials } from "./credentials.ts";
import { Mishap } from "./failure.ts";
import { resolve } from "./resolve.ts";
import { secure } from "./secure.ts";
import type { Upstream } from "./upstream.ts";
import { within } from "./within.ts";

/** What opening a connection needs to know. */
export interface DialOptions {
  readonly timers: Timers;
  readonly resolver?: string | undefined;
  readonly credentials: Credentials;
}

/**
 * Opens a connection to an upstream: resolve, connect, shake hands, each under its own timer.
 * @throws Mishap with the cause
 */
export async function dial(upstream: Upstream, options: DialOptions, signal: AbortSignal): Promise<Connection> {
  const tcp = await open(upstream, options, signal);
  tcp.setNoDelay(true);
  if (!upstream.tls) return new Connection(upstream, tcp);
  const tls = await at("tls", secure(tcp, upstream, options, signal));
  return new Connection(upstream, tcp, tls);
}

async function open(upstream: Upstream, options: DialOptions, signal: AbortSignal): Promise<Socket> {
  const { timers } = options;
  if (upstream.socketPath !== undefined) {
    return at("connect", connectTo({ path: upstream.socketPath }, timers, signal));
  }
  const addresses = await at("resolve", resolve(upstream.host, options.resolver, timers, signal));
  return at("connect", connectToAny(addresses, upstream.port, timers, signal));
}

/** The addresses of one upstream, in turn; nothing has been sent yet, so the next one is always allowed. */
async function connectToAny(
  addresses: readonly string[],
  port: number,
  timers: Timers,
  signal: AbortSignal,
): Promise<Socket> {
  let failure: unknown;
  for (const host of addresses) {
    try {
      return await connectTo({ host, port }, timers, signal);
    } catch (error) {
      signal.throwIfAborted();
      failure ??= error;
    }
  }
  throw failure;
}

function connectTo(
  where: { host: string; port: number } | { path: string },
  timers: Timers,
  signal: AbortSignal,
): Promise<Socket> {
  return within<Socket, "connect">(timers, "connect", signal, (step) => {
    const socket = connect(where);
    socket.once("connect", () => step.done(socket));
    // It stays: between this step and the next nobody else listens.
    socket.on("error", step.failed);
    return () => socket.destroy();
  });
}

/** Turns what a step failed with into its cause. */
async function at<T>(stage: Stage, step: Promise<T>): Promise<T> {
  try {
    return await step;
  } catch (error) {
    throw new Mishap(causeOf(error, { stage, received: 0, headWhole: false }), { cause: error });
  }
}
