import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Route } from "../../driver.ts";
import { request } from "../../net/node-http.ts";
import { textIfThere } from "../../net/text-if-there.ts";
import { isCacheLog } from "./names.ts";
import { peerAddress } from "./peer.ts";

/** Milliseconds that Squid may take to answer for itself. */
const patience = 1_000;

/** What Squid's access log has of one route: result, status, peer, and its error where it made one. */
export async function wordsOf(route: Route): Promise<string[]> {
  await allLogged(route);
  const text = await textIfThere(route.log);
  return text.split("\n").filter((line) => line !== "");
}

/**
 * A request is logged once its answer has been written, which may be just after we have read it. Squid does one thing
 * at a time: when it has answered a question of ours, which it does by itself, what came before is done.
 */
async function allLogged({ host, port }: Route): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const asked = request({ host, port, method: "TRACE", agent: false, timeout: patience });
  asked.on("response", (response) => response.resume());
  asked.on("timeout", () => asked.destroy());
  asked.on("error", () => {}); // it is gone
  asked.on("close", resolve);
  asked.end();
  await promise;
}

/** When Squid starts it looks whether it can connect to each peer, and chooses none before it has. */
export async function peersProbed({ log, plan }: Route): Promise<boolean> {
  const folder = dirname(log);
  const logs = (await readdir(folder)).filter((name) => isCacheLog(name));
  const text = (await Promise.all(logs.map((name) => readFile(join(folder, name), "utf8")))).join("");
  return plan.upstreams.every((url) => {
    const said = `TCP connection to ${peerAddress(url)} `;
    return ["succeeded", "failed", "dead"].some((how) => text.includes(said + how));
  });
}

/** How the process that serves a route has ended, in the words of the shell that started it. */
export function ended(index: number, output: readonly string[]): string | undefined {
  for (const line of output) {
    const [, routes = "", how] = /^routes ([\d ]+) ended with (.*)$/.exec(line) ?? [];
    if (routes.split(" ").includes(String(index + 1))) return how;
  }
  return undefined;
}
