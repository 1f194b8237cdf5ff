import type { Backend, Fault } from "../fault.ts";
import type { Stage } from "../stage.ts";
import { type CheckedServer, type Handle, type Health, openCheckedServer } from "./checked-server.ts";
import { answer } from "./content.ts";
import { rst, send } from "./steps.ts";

/**
 * A fault that lives in a server with a path for health checks.
 * @param begin called when the fault is armed: says how the server handles requests, and what becomes of its health
 * @param prove called when all asks have ended
 */
export function checkedServer(
  path: string,
  begin: (server: CheckedServer, stage: Stage) => { handle: Handle; prove?: () => Promise<void> },
): Fault {
  return {
    async open(stage): Promise<Backend> {
      const server = await openCheckedServer(stage, path);
      let prove = async () => {};
      return {
        url: `http://${stage.address}:${server.port}`,
        async arm() {
          const begun = begin(server, stage);
          server.arm(begun.handle);
          if (begun.prove) prove = begun.prove;
        },
        prove: () => prove(),
        [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
      };
    },
  };
}

/** Answers a request that has been read. Notes `request-read`, then `sent`. */
export const serve: Handle = async (peer, { line }) => {
  peer.note("request-read", line);
  await send(answer())(peer);
};

/** Dies of a request that has been read. Notes `request-lost`, then `rst`. */
export const lose: Handle = async (peer, { line }) => {
  peer.note("request-lost", line);
  await rst()(peer);
};

/** A server whose health check fails: the application behind it answers (`sick`), or is dead as well. */
export function unwell(path: string, health: Exclude<Health, "well">): Fault {
  return checkedServer(path, (server) => {
    server.become(health);
    return { handle: health === "dead" ? lose : serve };
  });
}

/**
 * The no-op of such faults. Arming it ends no check that is under way, as arming `healthy` would, of which a proxy takes the
 * server for down.
 */
export function well(path: string): Fault {
  return checkedServer(path, () => ({ handle: serve }));
}
