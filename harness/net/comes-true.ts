import { setTimeout as delay } from "node:timers/promises";

/** Milliseconds between two looks. */
const between = 5;

/**
 * Looks for a fact of which nobody tells when it comes true.
 * @param milliseconds after which it is given up
 * @returns whether it came true
 */
export async function comesTrue(fact: () => boolean | Promise<boolean>, milliseconds: number): Promise<boolean> {
  const end = performance.now() + milliseconds;
  while (!(await fact())) {
    if (performance.now() > end) return false;
    await delay(between);
  }
  return true;
}
