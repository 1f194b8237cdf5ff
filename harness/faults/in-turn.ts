import type { Fault } from "../fault.ts";
import { choosing } from "./choosing.ts";

/**
 * A backend whose first connection meets the first fault, the second one the second, and so on. A fault that keeps its
 * connection open, as `healthy` does, serves several requests in one turn.
 * @param end what comes after the last one: the first again, unless told to stay with the last
 */
export function inTurn(faults: readonly Fault[], { end = "again" }: { end?: "again" | "stay" } = {}): Fault {
  const { length } = faults;
  const parts = faults.map((fault, turn) => ({ name: `turn ${turn + 1} of ${length}`, fault }));
  return choosing(parts, () => (connection) => {
    const turn = connection - 1;
    return end === "again" ? turn % length : Math.min(turn, length - 1);
  });
}
