import type { Fault } from "../fault.ts";
import { reportIn } from "./apps/report.ts";
import { appProcess, kill } from "./process.ts";

/**
 * The first request keeps the one thread of the process busy; whoever else asks waits behind it.
 * It computes for 20 seconds, but not longer than the asks last: then it is killed, to give the processor back.
 * Notes `handling`, `still-computing`, `child-killed`, `child-exited`.
 */
export function busy(): Fault {
  return appProcess({
    handling: "compute",
    armed: (app) => () => {
      if (app.child.lines().some((line) => reportIn(line)?.act === "computed")) {
        throw new Error("wanted the application to compute for as long as it was asked, but it was done before");
      }
      app.stage.note("still-computing");
      kill(app);
    },
  });
}
