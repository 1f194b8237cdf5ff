import type { Fault } from "../fault.ts";
import { appContainer } from "./container.ts";
import { killContainer } from "./container-state.ts";

/** `docker kill` while the application handles the request. Notes `handling`, `container-killed`, `container-exited`. */
export function containerKilled(): Fault {
  return appContainer({ handling: "hold", on: { handling: killContainer } });
}
