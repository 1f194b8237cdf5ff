import type { HealthCheck, Timers } from "../plan.ts";
import { HeadReader } from "../response/head-reader.ts";
import { type DialOptions, dial } from "./dial.ts";
import type { Standing } from "./standing.ts";
import type { Upstream } from "./upstream.ts";
import { within } from "./within.ts";

/** A check that goes on until it is stopped. */
export interface RunningCheck {
  stop(): void;
}

/** Asks an upstream how it is, at once and then time after time, on a connection of its own each time. */
export function startHealthCheck(
  upstream: Upstream,
  check: HealthCheck,
  options: DialOptions & { readonly name: string; readonly headLimit: number },
  standing: Standing,
): RunningCheck {
  const stopped = new AbortController();
  let pending: NodeJS.Timeout | undefined;
  const round = async () => {
    const good = await isGood(upstream, check.path, options, stopped.signal).catch(() => false);
    if (stopped.signal.aborted) return;
    standing.checked(good);
    pending = setTimeout(round, check.every);
  };
  void round();
  return {
    stop: () => {
      clearTimeout(pending);
      stopped.abort();
    },
  };
}

async function isGood(
  upstream: Upstream,
  path: string,
  options: DialOptions & { readonly name: string; readonly headLimit: number; readonly timers: Timers },
  signal: AbortSignal,
): Promise<boolean> {
  const connection = await dial(upstream, options, signal);
  try {
    const { socket } = connection;
    const heads = new HeadReader({ method: "GET", upgrade: [] }, options.headLimit);
    const status = await within<number, "head">(options.timers, "head", signal, (step) => {
      socket.on("data", (chunk) => {
        try {
          heads.push(chunk);
        } catch (error) {
          step.failed(error);
        }
        if (heads.head) step.done(heads.head.status);
      });
      socket.once("close", () => step.failed(new Error("closed")));
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: ${upstream.authority}\r\nUser-Agent: ${options.name}\r\nConnection: close\r\n\r\n`,
      );
      return () => {};
    });
    return status >= 200 && status < 300;
  } finally {
    connection.destroy();
  }
}
