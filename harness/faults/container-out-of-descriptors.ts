import type { Fault } from "../fault.ts";
import { appContainer } from "./container.ts";
import { type Descriptors, probesAccept } from "./process-out-of-descriptors.ts";

/**
 * `docker run --ulimit nofile=…`: the application has as many files open as its container may. Notes `emfile`, and
 * `probe-closed` before the asks and after; or `opened` and `probe-answered` where the limit is high enough.
 */
export function containerOutOfDescriptors({ limit, needed }: Descriptors): Fault {
  return appContainer({
    handling: "serve",
    descriptors: limit,
    openFiles: needed,
    armed: probesAccept,
  });
}
