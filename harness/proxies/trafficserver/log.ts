import { randomUUID } from "node:crypto";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import type { Route } from "../../driver.ts";
import { nextRunOf } from "../../net/next-run.ts";
import { request } from "../../net/node-http.ts";
import { textIfThere } from "../../net/text-if-there.ts";
import { folderOf } from "./process.ts";
import { targetOf } from "./target.ts";

/** The URL as mapped, which names the route; then method, result and status, reason, the origin's status, both endings. */
export const logging = `logging:
  formats:
    - name: words
      format: '%<cquc> %<cqhm> %<crc>/%<pssc> "%<prrp>" origin=%<sssc> client=%<cfsc> server=%<pfsc>'
  logs:
    - filename: words
      format: words
`;

/** The ports accept before the rules are read; this is said when everything is. */
export async function isServing(route: Route): Promise<boolean> {
  return (await textIfThere(join(folderOf(route), "diags.log"))).includes("traffic server running");
}

/** What the log says about a route's requests, the URL taken off. */
export async function wordsOf(route: Route, index: number): Promise<string[]> {
  await flushed(route);
  const authority = targetOf(route.plan, index)?.authority ?? `${route.host}:${route.port}`;
  return (await wordsLogOf(route))
    .toString()
    .split("\n")
    .flatMap((line) => wordsAbout(authority, line) ?? []);
}

/** A line as `logging` has it begins with the mapped URL; what it says of our own TRACE is not the route's. */
function wordsAbout(authority: string, line: string): string | undefined {
  const [url = "", ...words] = line.split(" ");
  if (words[0] === "TRACE") return undefined;
  return url.split("/", 3)[2] === authority ? words.join(" ") : undefined;
}

/** Who waits for what a process writes, by its folder. */
const flushing = new Map<string, () => Promise<void>>();

/** Resolves when all is written that the process had to say when this was called. */
function flushed(route: Route): Promise<void> {
  const folder = folderOf(route);
  const next = flushing.get(folder) ?? nextRunOf(() => flush(route));
  flushing.set(folder, next);
  return next();
}

/** Milliseconds that Traffic Server may take for requests that it answers itself. */
const most = 1_000;

/**
 * Lines are written a buffer at a time. Two requests follow whose lines are so long that no buffer holds them both:
 * when the first can be read, so can all before it. TRACE with Max-Forwards 0 goes to no upstream (RFC 9110 §7.6.2).
 * A process that is dead, or stuck, writes no more: then what is there is all.
 */
async function flush(route: Route): Promise<void> {
  const marks = [randomUUID(), randomUUID()].map((mark) => mark.padEnd(bufferSize / 2 + 1, "x"));
  const signal = AbortSignal.timeout(most);
  try {
    // Marks make the log long: what was there before is not read again and again.
    const before = (await wordsLogOf(route)).length;
    for (const mark of marks) await trace(route, mark, signal);
    while (!(await wordsLogOf(route, before)).includes(marks[0] ?? "")) await delay(10, undefined, { signal });
  } catch {
    // Its own words about its own death come with the route's record.
  }
}

/** Of a log's buffer, in octets. */
export const bufferSize = 9_216;

function trace({ host, port }: Route, mark: string, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const headers = { "Max-Forwards": 0 };
  request({ host, port, method: "TRACE", path: `/${mark}`, headers, signal, agent: false })
    .on("response", (response) => response.resume().on("end", resolve).on("error", reject))
    .on("error", reject)
    .end();
  return promise;
}

/** @param from in octets */
async function wordsLogOf(route: Route, from = 0): Promise<Buffer> {
  const log = await open(join(folderOf(route), "words.log")).catch(ifMissing);
  return log ? buffer(log.createReadStream({ start: from })) : Buffer.alloc(0);
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
