import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Route } from "../../driver.ts";
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
  return (await textOf(join(folderOf(route), "diags.log"))).includes("traffic server running");
}

/** What the log says about a route's requests, the URL taken off. */
export async function wordsOf(route: Route, index: number): Promise<string[]> {
  await written(route);
  const authority = targetOf(route.plan, index)?.authority ?? `${route.host}:${route.port}`;
  return (await wordsLogOf(route)).split("\n").flatMap((text) => {
    const { mapped, words } = line.exec(text)?.groups ?? {};
    return mapped === authority && words !== undefined ? [words] : [];
  });
}

/** As `logging` has it, without our own TRACE. */
const line = /^\w+:\/\/(?<mapped>[^/\s]+)\S* (?!TRACE )(?<words>.*)$/;

/** Milliseconds that Traffic Server may take for requests that it answers itself. */
const most = 1_000;

/**
 * Lines are written a buffer at a time. Two requests follow whose lines are so long that no buffer holds them both:
 * when the first can be read, so can all before it. TRACE with Max-Forwards 0 goes to no upstream (RFC 9110 §7.6.2).
 * A process that is dead, or stuck, writes no more: then what is there is all.
 */
async function written(route: Route): Promise<void> {
  const marks = [randomUUID(), randomUUID()].map((mark) => mark.padEnd(bufferSize / 2 + 1, "x"));
  const signal = AbortSignal.timeout(most);
  try {
    for (const mark of marks) await trace(route, mark, signal);
    while (!(await wordsLogOf(route)).includes(marks[0] ?? "")) await delay(5, undefined, { signal });
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

function wordsLogOf(route: Route): Promise<string> {
  return textOf(join(folderOf(route), "words.log"));
}

function textOf(path: string): Promise<string> {
  return readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
}
