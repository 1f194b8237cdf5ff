import { readdir, readFile, readlink } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { json } from "node:stream/consumers";

/** Processes that name a folder on their command line, or hold a file in it open. Linux only; elsewhere none is found. */
export async function processesWith(folder: string): Promise<number[]> {
  const pids = (await readdir("/proc").catch(() => [])).filter(
    (name) => /^\d+$/.test(name) && Number(name) !== process.pid,
  );
  const using = await Promise.all(pids.map((pid) => uses(pid, folder)));
  return pids.filter((_, index) => using[index]).map(Number);
}

async function uses(pid: string, folder: string): Promise<boolean> {
  try {
    if ((await readFile(join("/proc", pid, "cmdline"), "utf8")).includes(folder)) return true;
    const files = await readdir(join("/proc", pid, "fd"));
    const targets = await Promise.allSettled(files.map((file) => readlink(join("/proc", pid, "fd", file))));
    return targets.some((target) => target.status === "fulfilled" && target.value.startsWith(folder)); // some are closed meanwhile
  } catch {
    return false; // it has ended meanwhile, or belongs to somebody else
  }
}

/** Containers, running or not, in which a folder of ours is mounted; none where no engine answers. */
export async function containersWith(folder: string): Promise<string[]> {
  const filters = encodeURIComponent(JSON.stringify({ volume: [folder] }));
  const { promise, resolve } = Promise.withResolvers<string[]>();
  const asked = request({ socketPath: "/var/run/docker.sock", path: `/containers/json?all=1&filters=${filters}` });
  asked.on("error", () => resolve([]));
  asked.on("response", async (response) => resolve(((await json(response)) as { Id: string }[]).map(({ Id }) => Id)));
  asked.end();
  return promise;
}
