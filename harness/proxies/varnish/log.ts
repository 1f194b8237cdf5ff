import { randomUUID } from "node:crypto";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Route } from "../../driver.ts";
import { request } from "../../net/node-http.ts";
import { textIfThere } from "../../net/text-if-there.ts";
import { markerSocket, routeName } from "./names.ts";

/** Where varnishlog writes what it reads, in the folder in which Varnish runs. */
export const recordLog = "records.log";

/** `     32770 FetchError     b backend route_1_1: fail errno 111 (Connection refused)`: transaction, tag, side, words. */
const record = /^\s*(\d+)\s+(\w+)\s+[-bc]\s+(.*)$/;

/** Milliseconds that a marker may take through the log, and between two looks. */
const patience = 1_000;
const between = 5;

/** What Varnish has recorded of the fetches of one route, and of the health of its upstreams. */
export async function wordsOf({ log }: Route, index: number): Promise<string[]> {
  const folder = dirname(log);
  return wordsIn(await recordedUpToNow(folder), index);
}

/**
 * Whether what happens on a route would be recorded: the reader of the log finds it some time after Varnish serves, and
 * what was said before that is lost to it.
 */
export async function isRecorded({ log }: Route): Promise<boolean> {
  const folder = dirname(log);
  if ((await recordsIn(folder)) !== "") return true;
  await marked(join(folder, markerSocket), "/");
  return false;
}

/**
 * @param text all records, in the order in which they were made; those of a fetch begin with one that names the route
 */
export function wordsIn(text: string, index: number): string[] {
  const name = routeName(index);
  const own = new Set<string>();
  const words: string[] = [];
  for (const line of text.split("\n")) {
    const [, transaction = "", tag = "", said = ""] = record.exec(line) ?? [];
    if (tag === "VCL_Log" && said === name) own.add(transaction);
    else if (own.has(transaction)) words.push(`${tag} ${said}`);
    else if (tag === "Backend_health" && said.startsWith(`${name}_`)) words.push(...changeOfHealth(said));
  }
  return words;
}

/** `route_1_1 Went sick -------- 0 1 1 0.000000 0.000178 "Open error 111 (Connection refused)"`: counts and times are left out. */
function changeOfHealth(said: string): string[] {
  const [, what, why] = /^(\w+ (?:Went|Back) \w+) .*? ("[^"]*")$/.exec(said) ?? [];
  return what === undefined ? [] : [`Backend_health ${what}: ${why}`];
}

/** Varnish's log is a ring in memory, and its reader behind: a request of our own, once it shows, proves that all before it did. */
async function recordedUpToNow(folder: string): Promise<string> {
  const marker = `/${randomUUID()}`;
  const end = performance.now() + ((await marked(join(folder, markerSocket), marker)) ? patience : 0);
  for (;;) {
    const text = await recordsIn(folder);
    if (text.includes(marker) || performance.now() > end) return text;
    await delay(between);
  }
}

async function recordsIn(folder: string): Promise<string> {
  return textIfThere(join(folder, recordLog));
}

/** @returns whether Varnish is there to take it */
async function marked(socketPath: string, path: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const asked = request({ socketPath, path, agent: false, timeout: patience });
  asked.on("response", (response) => {
    response.resume();
    resolve(true);
  });
  asked.on("timeout", () => asked.destroy());
  asked.on("close", () => resolve(false));
  asked.on("error", () => resolve(false));
  asked.end();
  return promise;
}
