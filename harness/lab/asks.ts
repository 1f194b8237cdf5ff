import { describedBody } from "../body.ts";
import { openClient, type Reply } from "../client.ts";
import { withDeadline } from "../net/deadline.ts";
import type { Ask } from "../scenario.ts";
import type { Exchange } from "../trial.ts";
import type { Timeline } from "./timeline.ts";

export interface AskOptions {
  readonly route: URL;
  readonly nonce: string;
  /** The client's own patience with one request, in milliseconds. */
  readonly patience: number;
  readonly timeline: Timeline;
}

/**
 * Puts a scenario's questions to the proxy: one after the other, except that an ask with `after`
 * begins at that act and does not wait for the ask before it.
 * @throws Error when an act that an ask waits for does not come within the client's patience
 */
export async function putAsks(asks: readonly Ask[], options: AskOptions): Promise<Exchange[]> {
  const { timeline, patience } = options;
  await using client = openClient(options.route, {
    nonce: options.nonce,
    patience,
    note: (act, detail) => timeline.note("client", act, detail),
  });
  const running: Promise<Exchange[]>[] = [];

  const once = async (ask: Ask, index: number): Promise<Exchange> => {
    const at = timeline.now();
    const reply: Reply = await client.ask({
      method: ask.method ?? "GET",
      path: ask.path ?? "/",
      fields: { ...ask.fields },
      on: ask.on ?? "fresh",
      ...(ask.body !== undefined && { body: describedBody(options.nonce, ask.body) }),
      ...(ask.expect && { expect: true }),
      ...(ask.upgrade && { webSocketKey: webSocketKey(options.nonce) }),
    });
    return { ask: index, at: Math.round(at * 10) / 10, ...reply };
  };

  const repeated = async (ask: Ask, index: number): Promise<Exchange[]> => {
    const times = ask.times ?? 1;
    if (ask.together) return Promise.all(Array.from({ length: times }, () => once(ask, index)));
    const exchanges: Exchange[] = [];
    for (let turn = 0; turn < times; turn++) exchanges.push(await once(ask, index));
    return exchanges;
  };

  for (const [index, ask] of asks.entries()) {
    if (ask.after) await reached(ask.after, options);
    else await Promise.all(running);
    running.push(repeated(ask, index));
  }
  return (await Promise.all(running)).flat();
}

/** Sixteen octets, as RFC 6455 §4.1 wants them: the eight of the nonce, twice. */
function webSocketKey(nonce: string): string {
  return Buffer.from(nonce.repeat(2), "latin1").toString("base64");
}

async function reached(after: NonNullable<Ask["after"]>, { timeline, patience }: AskOptions): Promise<void> {
  const { act, times } = typeof after === "string" ? { act: after, times: 1 } : after;
  const what = `The act “${act}” was not noted${times > 1 ? ` ${times} times` : ""}`;
  await withDeadline(timeline.noted(act, times), patience, what);
}
