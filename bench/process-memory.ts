import { readdir, readFile, writeFile } from "node:fs/promises";

/** What Linux tells of a process's memory, in octets. Reads `/proc`, so there is nothing to be told elsewhere. */
const procfs = process.platform === "linux";
if (!procfs) throw new Error(`memory is read from /proc, which ${process.platform} does not have`);

/** Resident memory now (`VmRSS`), or at its peak (`VmHWM`). */
export async function residentOf(pid: number, which: "VmRSS" | "VmHWM"): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return 1024 * Number(new RegExp(`^${which}:\\s+(\\d+) kB$`, "m").exec(status)?.[1]);
}

/** Lets the peak begin anew from here (proc(5), `clear_refs`). */
export async function forgetPeak(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, "5");
}

/** A process and everything that it has started, directly or not. */
export async function treeOf(pid: number): Promise<number[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = new Map(await Promise.all(pids.map(async (each) => [each, await parentOf(each)] as const)));
  const below = (parent: number): number[] =>
    pids.filter((each) => parents.get(each) === parent).flatMap((each) => [each, ...below(each)]);
  return [pid, ...below(pid)];
}

async function parentOf(pid: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return Number(/\) \S (\d+)/.exec(stat)?.[1]);
}

/** Memory of several processes together: pages that they share are counted in parts that add up to one (`Pss`). */
export async function memoryOf(pids: readonly number[]): Promise<number> {
  const shares = await Promise.all(
    pids.map(async (pid) => {
      const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
      return 1024 * Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0);
    }),
  );
  return shares.reduce((sum, share) => sum + share, 0);
}

export function mebibytes(octets: number): string {
  return `${Math.round(octets / 2 ** 20)} MiB`;
}
