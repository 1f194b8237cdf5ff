import { writeFileSync } from "node:fs";
import { setPriority } from "node:os";

/** Milliseconds until who is not root may ask the kernel again (kernel/sched/autogroup.c). */
const again = 100;

/**
 * Gives this process less of the processor than everybody else: an upstream that warms up or computes must not make the
 * answers of the proxy in front late. Where Linux groups by session (sched(7): autogroup) the priority of a process counts
 * within its session alone, and one of ours has its own: the group has to give way too.
 * @param priority as `nice` has it: 10 is a tenth of what others get, 19 what they leave
 */
export function giveWay(priority: number): void {
  setPriority(priority);
  try {
    writeFileSync("/proc/self/autogroup", String(priority));
  } catch (error) {
    // Otherwise it is a kernel that does not group so.
    if (error instanceof Error && "code" in error && error.code === "EAGAIN")
      setTimeout(giveWay, again, priority).unref();
  }
}
