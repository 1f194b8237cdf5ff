import { describedBody } from "../body.ts";
import { openClient, type Request } from "../client.ts";
import { withDeadline } from "../net/deadline.ts";
import type { Ask } from "../scenario.ts";
import type { Exchange } from "../trial.ts";
import type { Timeline } from "./timeline.ts";

export interface AskOptions {
  readonly nonce: string;
  /** The client's own patience with one request, in milliseconds. */
  readonly patience: number;
  /** How long an act may take that an ask waits for, in milliseconds; as long as a request, unless told. */
  readonly actPatience?: number;
  readonly timeline: Timeline;
}

/** One proxy's route, and who takes down what the client at it does. */
export interface Door {
  readonly route: URL;
  note(act: string, detail?: string): void;
}

/**
 * Puts a scenario's questions to the proxy, or the same ones to several that share an exchange: one after the other,
 * except that an ask with `after` begins at that act and does not wait for the ask before it.
 * @returns the exchanges at each door
 * @throws Error when an act that an ask waits for does not come within the patience for it
 */
export async function putAsks(
  asks: readonly Ask[],
  doors: readonly Door[],
  options: AskOptions,
): Promise<Exchange[][]> {
  const { timeline, patience, nonce } = options;
  await using clients = new AsyncDisposableStack();
  const asking = doors.map(({ route, note }) => clients.use(openClient(route, { nonce, patience, note })));
  const running: Promise<Exchange[][]>[] = [];

  const once = async (ask: Ask, index: number): Promise<Exchange[]> => {
    const at = Math.round(timeline.now() * 10) / 10;
    const request: Request = {
      method: ask.method ?? "GET",
      path: ask.path ?? "/",
      fields: { ...ask.fields },
      on: ask.on ?? "fresh",
      ...(ask.body !== undefined && { body: describedBody(nonce, ask.body) }),
      ...(ask.expect && { expect: true }),
      ...(ask.upgrade && { webSocketKey: webSocketKey(nonce) }),
    };
    const replies = await Promise.all(asking.map((client) => client.ask(request)));
    return replies.map((reply) => ({ ask: index, at, ...reply }));
  };

  const repeated = async (ask: Ask, index: number): Promise<Exchange[][]> => {
    const times = ask.times ?? 1;
    if (ask.together) return Promise.all(Array.from({ length: times }, () => once(ask, index)));
    const exchanges: Exchange[][] = [];
    for (let turn = 0; turn < times; turn++) exchanges.push(await once(ask, index));
    return exchanges;
  };

  for (const [index, ask] of asks.entries()) {
    if (ask.after) await reached(ask.after, options);
    else await Promise.all(running);
    const exchanges = repeated(ask, index);
    exchanges.catch(() => {}); // heard of below, unless the act that a later ask waits for does not come
    running.push(exchanges);
  }
  const turns = (await Promise.all(running)).flat();
  return doors.map((_, door) => turns.flatMap((turn) => turn[door] ?? []));
}

/** Sixteen octets, as RFC 6455 §4.1 wants them: the eight of the nonce, twice. */
function webSocketKey(nonce: string): string {
  return Buffer.from(nonce.repeat(2), "latin1").toString("base64");
}

async function reached(
  after: NonNullable<Ask["after"]>,
  { timeline, patience, actPatience = patience }: AskOptions,
): Promise<void> {
  const { act, times } = typeof after === "string" ? { act: after, times: 1 } : after;
  const what = `The act “${act}” was not noted${times > 1 ? ` ${times} times` : ""}`;
  await withDeadline(timeline.noted(act, times), actPatience, what);
}
