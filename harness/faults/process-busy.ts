import type { Fault } from "../fault.ts";
import { reportIn } from "./apps/report.ts";
import { appProcess, kill, provesItsEnd } from "./process.ts";

/**
 * The first request keeps the one thread of the process busy; whoever else asks waits behind it.
 * Nobody shares it: of several only the first would know that it is computing. When the asks have ended it is killed, to give the processor back.
 * Notes `handling`, `still-computing`, `child-killed`, `child-exited`.
 * @param compute milliseconds; more than any client waits, unless told
 */
export function busy(compute = 20_000): Fault {
  const { open } = appProcess({
    handling: "compute",
    compute,
    armed: (app) => async () => {
      if (app.child.lines().some((line) => reportIn(line)?.act === "computed")) {
        throw new Error("wanted the application to compute for as long as it was asked, but it was done before");
      }
      app.note("still-computing");
      kill(app);
      await provesItsEnd(app)();
    },
  });
  return { open };
}
