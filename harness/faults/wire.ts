import type { Backend, Fault } from "../fault.ts";
import type { Stage } from "../stage.ts";
import { openListener } from "./listener.ts";
import { beginWithRequest } from "./reading.ts";
import { healthyScript, type Script } from "./script.ts";
import type { Step } from "./steps.ts";

/** A backend that plays the steps once on each connection: exact bytes, then FIN, RST, silence … */
export function wire(...steps: readonly Step[]): Fault {
  return scripted({ steps });
}

/** A backend that plays the steps for every request on a kept connection. */
export function wireAgain(...steps: readonly Step[]): Fault {
  return scripted({ steps, again: true });
}

/** The no-op of faults: whole answers to every request. */
export function healthy(): Fault {
  return scripted(healthyScript);
}

function scripted(script: Script): Fault {
  return {
    ...(!beginWithRequest(script.steps) && { strikes: "before-request" }),
    async open(stage: Stage): Promise<Backend> {
      const listener = await openListener(stage);
      return {
        url: `http://${stage.address}:${listener.port}`,
        async arm() {
          listener.arm(script);
        },
        [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose](),
      };
    },
  };
}
