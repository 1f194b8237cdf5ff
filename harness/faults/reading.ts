import type { Step } from "./steps.ts";

const readers = new WeakSet<Step>();

/** Marks a step that begins with a request, so that it can be told which faults wait for one. */
export function reading(step: Step): Step {
  readers.add(step);
  return step;
}

/** Whether the first of the steps waits for a request. */
export function beginWithRequest([first]: readonly Step[]): boolean {
  return first !== undefined && readers.has(first);
}
