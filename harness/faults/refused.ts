import type { Backend, Fault } from "../fault.ts";
import { type HeldPort, holdPort } from "../net/held-port.ts";
import { openListener } from "./listener.ts";
import { proveRefused } from "./refusal.ts";

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
          await proveRefused(stage, stage.address, port);
        },
        prove: () => proveRefused(stage, stage.address, port),
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
        arm: () => proveRefused(stage, stage.address, held.port),
        prove: () => proveRefused(stage, stage.address, held.port),
        [Symbol.asyncDispose]: () => held[Symbol.asyncDispose](),
      };
    },
  };
}
