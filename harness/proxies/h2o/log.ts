import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { RequestOptions } from "node:http";
import type { Route } from "../../driver.ts";
import { comesTrue } from "../../net/comes-true.ts";
import { request } from "../../net/node-http.ts";
import { textIfThere } from "../../net/text-if-there.ts";

/** Status, bytes of the body, request, and what h2o says of it, if anything. */
export const logFormat = '%s %b "%r" %{error}x';

const serving = /^h2o server \(pid:\d+\) is ready to serve requests/m;

/** The port accepts before everything is set up; this is said when it is. */
export async function isServing(path: string): Promise<boolean> {
  return serving.test(await textIfThere(path));
}

/** What h2o says when it dies: `h2o: ./lib/common/http1client.c:216: … Assertion … failed.` */
export const lastWords = /^h2o: .*Assertion/;

/** A line for each request, and its last words. */
const ofRequests = /^(?:\d{3} \d+ ".*|h2o: .*)$/;

/** Below this path h2o answers by itself. */
export const markerPath = "/.marker";

/** Milliseconds that a marker may take through the log. */
const patience = 1_000;

/**
 * The words of a route's log about requests; those of its start are left out. h2o writes a line once it is rid of the
 * request, which may be after the client has the answer: a request of our own, once it shows, proves that all before it did.
 */
export async function wordsOf({ host, port, log }: Route): Promise<string[]> {
  const path = `${markerPath}/${randomUUID()}`;
  if (await isAnswered({ host, port, path, agent: false, timeout: patience }))
    await comesTrue(async () => (await textIfThere(log)).includes(path), patience);
  const lines = (await textIfThere(log)).split("\n");
  return lines.filter((line) => ofRequests.test(line) && !line.includes(markerPath)).map((line) => line.trimEnd());
}

async function isAnswered(options: RequestOptions): Promise<boolean> {
  try {
    const asking = request(options).end();
    asking.on("timeout", () => asking.destroy());
    const [response] = await once(asking, "response");
    response.resume();
    return true;
  } catch {
    return false; // it has died
  }
}
