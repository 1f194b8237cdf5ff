import type { Backend, Fault } from "../fault.ts";
import { holdPort } from "../net/held-port.ts";
import { asItIs, openListener } from "./listener.ts";
import { proveRefused } from "./refusal.ts";
import { healthyScript } from "./script.ts";

/**
 * A server in the middle of its restart: connects are refused until the first ask has ended, then it listens again
 * on the same port. Notes `down`, as an own connect has shown, then `listening-again`.
 */
export function restarting(): Fault {
  return {
    strikes: "before-connection",
    needs: "our client",
    async open(stage): Promise<Backend> {
      await using opening = new AsyncDisposableStack();
      const before = opening.use(await openListener(stage));
      const { port } = before;
      const where = `${stage.address}:${port}`;
      const open = opening.move();
      let restarted: Promise<void> | undefined;
      const restart = async (held: AsyncDisposable) => {
        await stage.noted("answered");
        await held[Symbol.asyncDispose]();
        const after = await openListener(stage, asItIs, port);
        if (open.disposed) return after.close();
        open.use(after).arm(healthyScript);
        stage.note("listening-again", where);
      };
      return {
        url: `http://${where}`,
        async arm() {
          await before.close();
          const held = open.use(await holdPort(stage.address, port));
          await proveRefused(stage, stage.address, port, "down");
          restarted = restart(held);
          restarted.catch(() => {}); // `prove` hears of it
        },
        prove: async () => restarted,
        [Symbol.asyncDispose]: () => open.disposeAsync(),
      };
    },
  };
}
