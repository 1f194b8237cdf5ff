import type { Backend, Fault } from "../fault.ts";
import { type HeldPort, holdPort } from "../net/held-port.ts";
import { probe } from "../net/probe.ts";
import type { Stage } from "../stage.ts";
import { openListener } from "./listener.ts";

/**
 * A server that was there when the proxy started and is gone: connects are refused.
 * The port is held, so that nobody else can answer on it. Notes `probe-refused` before the asks and after.
 */
export function refused(): Fault {
  return {
    strikes: "before-connection",
    async open(stage): Promise<Backend> {
      await using opening = new AsyncDisposableStack();
      const listener = opening.use(await openListener(stage));
      const { port } = listener;
      const open = opening.move();
      return {
        url: `http://${stage.address}:${port}`,
        async arm() {
          await listener.close();
          open.use(await holdPort(stage.address, port));
          await proveRefusal(stage, port);
        },
        prove: () => proveRefusal(stage, port),
        [Symbol.asyncDispose]: () => open.disposeAsync(),
      };
    },
  };
}

/** A port on which nobody listens even while the proxy starts. Notes `probe-refused` before the asks and after. */
export function deadFromTheStart(): Fault {
  return {
    strikes: "before-connection",
    dead: true,
    async open(stage): Promise<Backend> {
      const held: HeldPort = await holdPort(stage.address, stage.port);
      return {
        url: `http://${stage.address}:${held.port}`,
        arm: () => proveRefusal(stage, held.port),
        prove: () => proveRefusal(stage, held.port),
        [Symbol.asyncDispose]: () => held[Symbol.asyncDispose](),
      };
    },
  };
}

async function proveRefusal({ address, note }: Stage, port: number): Promise<void> {
  const came = await probe({ host: address, port });
  if (came !== "ECONNREFUSED") throw new Error(`${address}:${port}: wanted a refused connect, got ${came}`);
  note("probe-refused", `${address}:${port}`);
}
