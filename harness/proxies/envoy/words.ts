import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Route } from "../../driver.ts";
import { request } from "../../net/node-http.ts";
import { textIfThere } from "../../net/text-if-there.ts";
import { logFile, markerSocket, routeName } from "./log.ts";

/** Milliseconds that Envoy may take to write what it has to say. */
const patience = 1_000;

/** Milliseconds between two looks at the log: Envoy writes it every ten. */
const between = 5;

/**
 * What Envoy has written of one route. It keeps its lines back for some milliseconds: it is asked for a line that only
 * we can have asked for, and when that stands in the log, so does everything from before it.
 */
export async function wordsOf(route: Route, index: number): Promise<string[]> {
  const folder = dirname(route.log);
  const marker = `/${randomUUID()}`;
  const end = performance.now() + ((await asked(join(folder, markerSocket), marker)) ? patience : 0);
  let log = await textIfThere(join(folder, logFile));
  while (!log.includes(marker) && performance.now() < end) {
    await delay(between);
    log = await textIfThere(join(folder, logFile));
  }
  const name = `${routeName(index)} `;
  return log
    .split("\n")
    .filter((line) => line.startsWith(name))
    .map((line) => line.slice(name.length));
}

/** Tells whether there is still somebody to answer. */
async function asked(socketPath: string, path: string): Promise<boolean> {
  try {
    const asking = request({ socketPath, path, agent: false, signal: AbortSignal.timeout(patience) }).end();
    const [response] = await once(asking, "response");
    response.resume();
    return true;
  } catch {
    return false;
  }
}
