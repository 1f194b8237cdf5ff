import { writeFileSync } from "node:fs";
import { constants, setPriority } from "node:os";

/** Milliseconds until who is not root may ask the kernel again (kernel/sched/autogroup.c). */
const again = 100;

/**
 * Lets everybody else have the processor first: an upstream that starts, warms up or computes must not make the answers of
 * the proxy in front late. Where Linux groups by session (sched(7): autogroup) the priority of a process counts within
 * its session alone, and one of ours has its own: the group has to give way too.
 */
export function giveWay(): void {
  setPriority(constants.priority.PRIORITY_LOW);
  try {
    writeFileSync("/proc/self/autogroup", "19");
  } catch (error) {
    // Otherwise it is a kernel that does not group so.
    if (error instanceof Error && "code" in error && error.code === "EAGAIN") setTimeout(giveWay, again).unref();
  }
}
