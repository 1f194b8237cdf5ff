import { setTimeout as delay } from "node:timers/promises";
import { BodyInspector } from "../body.ts";
import { openClient, type Reply } from "../client.ts";
import { orAborted } from "../net/or-aborted.ts";

/** Milliseconds between two tries: a proxy that has marked an upstream as down does not tell when it is up again. */
const between = 100;

/** Milliseconds for one try, however little is left of the whole: what came of it has to be told. */
const leastPatience = 1_000;

export interface SoundOptions {
  /** So many sound answers in a row. */
  readonly times: number;
  /** Milliseconds. */
  readonly patience: number;
  readonly signal: AbortSignal;
  /** Why there is no use in asking again. */
  readonly givenUp?: (reply: Reply) => string | undefined;
}

/**
 * Asks through a proxy until sound backends of ours have answered.
 * @returns why they did not; nothing when they did
 * @throws Error when the proxy cannot be asked at all
 */
export async function soundThrough(url: URL, options: SoundOptions): Promise<string | undefined> {
  const { times, patience, signal, givenUp = () => undefined } = options;
  const end = performance.now() + patience;
  for (let inRow = 0; ; ) {
    signal.throwIfAborted();
    const left = Math.max(leastPatience, end - performance.now());
    const reply = await once(url, left, signal);
    inRow = isOurs(reply) ? inRow + 1 : 0;
    if (inRow === times) return undefined;
    if (inRow > 0) continue;
    const why = givenUp(reply) ?? (performance.now() > end ? told(reply) : undefined);
    if (why !== undefined) return why;
    await delay(between, undefined, { signal });
  }
}

async function once(url: URL, patience: number, signal: AbortSignal): Promise<Reply> {
  await using client = openClient(url, { nonce: "00000000", patience, note: () => {} });
  return await orAborted(signal, client.ask({ method: "GET", path: url.pathname, fields: {}, on: "fresh" }));
}

/** The whole 200 of a backend of ours, whichever: its body describes itself. */
function isOurs({ response, received }: Reply): boolean {
  if (response?.status !== 200) return false;
  const body = received.first.slice(received.first.indexOf("\r\n\r\n") + 4);
  const inspector = new BodyInspector();
  inspector.feed(Buffer.from(body, "latin1"));
  return inspector.inspection().intact === true;
}

/** What came instead. */
export function told({ response, outcome, took }: Reply): string {
  if (!response) return outcome === "hang" ? `no answer within ${Math.round(took)} ms` : `no answer (${outcome})`;
  const server = response.fields.find(([name]) => name.toLowerCase() === "server")?.[1];
  return `${response.status} ${response.reason}`.trim() + (server === undefined ? "" : `, of “${server}”`);
}
