import type { Fault } from "../fault.ts";
import { choosing } from "./choosing.ts";
import { healthyOnce } from "./healthy-once.ts";
import { seeded } from "./seeded.ts";

export interface Rate {
  /** From 0, never, to 1, always. */
  readonly rate: number;
  /** Tells two faults apart that are made by chance in one run; 0 unless told. */
  readonly seed?: number;
}

/**
 * A backend that is healthy, and now and then is not. Each connection meets the fault with the probability `rate`, and
 * the seed of the run decides which ones: the same seed, the same connections. Notes `chose`.
 * @throws RangeError when the rate is none
 */
export function sometimes(fault: Fault, { rate, seed = 0 }: Rate): Fault {
  if (!(rate >= 0 && rate <= 1)) throw new RangeError(`rate: wanted a number from 0 to 1, got ${rate}`);
  const parts = [
    { name: "the fault", fault },
    { name: "healthy", fault: healthyOnce() },
  ];
  return choosing(parts, (stage) => {
    const chance = seeded(stage.seed, seed);
    return () => (chance() < rate ? 0 : 1);
  });
}
