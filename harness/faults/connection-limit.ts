import type { Backend, Fault } from "../fault.ts";
import { answer } from "./content.ts";
import { openListener } from "./listener.ts";
import { fin, readRequest, rst, type Step, send } from "./steps.ts";

export interface ConnectionLimit {
  /** How many connections the server has at once. */
  readonly most: number;
  /** How many will come: none is answered before the last is there, so that all of them are open at the same time. */
  readonly expected: number;
}

/**
 * A server that resets every connection above its maximum, on accept. Each of the others serves one request: kept, it
 * would be given to a request whose own connection is about to be reset. Notes `accepted` for all of them, `rst` for
 * the surplus.
 */
export function connectionLimit({ most, expected }: ConnectionLimit): Fault {
  return {
    strikes: "before-request",
    async open(stage): Promise<Backend> {
      const listener = await openListener(stage);
      return {
        url: `http://${stage.address}:${listener.port}`,
        async arm() {
          listener.arm({ steps: [admit(most), readRequest(), untilConnected(expected), send(last), fin()] });
        },
        [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose](),
      };
    },
  };
}

const last = answer("200 OK", { Connection: "close" });

function admit(most: number): Step {
  let open = 0;
  return async (peer) => {
    if (open >= most) return rst()(peer);
    open++;
    peer.tcp.once("close", () => open--);
  };
}

function untilConnected(count: number): Step {
  return (peer) => peer.orGone(peer.stage.noted("accepted", count));
}
