import { randomBytes } from "node:crypto";
import { createServer, type Server, type Socket } from "node:net";
import { Peer, PeerGone } from "../faults/peer.ts";
import { type RequestHead, readBody, readHead } from "../faults/request.ts";
import { closeServer, trackConnections } from "../net/listen.ts";
import { messageOf } from "../net/message-of.ts";
import type { Timers } from "../plan.ts";
import type { NamedScenario } from "../scenario.ts";
import type { Stage } from "../stage.ts";
import { choiceOf } from "./choice.ts";
import { Far } from "./far.ts";
import { type Page, type PagesContext, pageFor, refusal, rendered } from "./own-pages.ts";
import { type Selection, selectionIn } from "./selection.ts";
import { Tap } from "./tap.ts";
import { listenAt } from "./unlistenable.ts";

export interface FrontOptions extends PagesContext {
  readonly scenarios: readonly NamedScenario[];
  readonly timers: Timers;
  /** For the connections of the front itself, which note nothing. */
  readonly stage: Stage;
  readonly host: string;
  readonly port: number;
  /** Told of every fault that is asked for. */
  readonly onFault?: (line: string) => void;
}

export interface Front extends AsyncDisposable {
  readonly port: number;
}

/**
 * One port at which each request chooses its fault. What is read of a request goes on, octet for octet, to a backend of
 * the trial's own; a kept connection may lead to another one with its next request.
 *
 *     proxy ──▶ front ──┬──▶ backend of one trial
 *                       └──▶ backend of another
 */
export async function openFront(options: FrontOptions): Promise<Front> {
  let count = 0;
  const server: Server = createServer({ allowHalfOpen: true }, (near) => void serve(near, ++count, options));
  const connections = trackConnections(server);
  const port = await listenAt(server, options);
  return { port, [Symbol.asyncDispose]: () => closeServer(server, connections) };
}

async function serve(near: Socket, number: number, options: FrontOptions): Promise<void> {
  near.setNoDelay(true);
  near.on("error", () => {}); // the peer above hears of it
  const peer = new Peer(options.stage, near, near, number);
  const behind: { far?: Far } = {};
  try {
    do await one(peer, near, behind, options);
    while (!peer.last);
    for (;;) await peer.read(); // what comes behind the last request belongs to nobody
  } catch (error) {
    if (!(error instanceof PeerGone)) near.destroy();
    if (near.readableEnded) behind.far?.end();
    else behind.far?.reset();
    if (!behind.far || behind.far.over) near.end();
  }
}

/** One request, handed on to its fault or answered by a page. */
async function one(peer: Peer, near: Socket, behind: { far?: Far }, options: FrontOptions): Promise<void> {
  const tap = new Tap(peer);
  const head = await readHead(tap);
  const page = await pageFor(head, options);
  const chosen = page ?? chosenBy(head, options);
  if ("status" in chosen) return answer(peer, tap, head, chosen, behind);
  const { scenario, selection } = chosen;
  if (selection.after > 0) await peer.delay(selection.after);
  const again =
    behind.far && !behind.far.over && behind.far.played.scenario === scenario && selection.trial === undefined;
  if (!again) {
    const nonce = selection.trial ?? randomBytes(4).toString("hex");
    const playing = options.trials.play(scenario, nonce, { ...options.timers, ...selection.timers });
    const played = await playing.catch((error: Error) => refusal("503 Service Unavailable", error.message));
    if ("status" in played) return answer(peer, tap, head, played, behind);
    options.onFault?.(`${head.line} → ${scenario.id}, trial ${nonce}`);
    if (behind.far?.played !== played || behind.far.over) {
      behind.far?.leave();
      behind.far = new Far(played, near);
    }
  }
  const { far } = behind;
  if (!far) return;
  const handOn = () => peer.orGone(far.write(tap.take()));
  await handOn();
  if (head.fields.has("upgrade")) for (;;) await peer.orGone(far.write(await peer.read()));
  await readBody(tap, head, handOn);
  await handOn();
}

async function answer(peer: Peer, tap: Tap, head: RequestHead, page: Page, behind: { far?: Far }): Promise<void> {
  behind.far?.leave();
  delete behind.far;
  await readBody(tap, head, () => void tap.take());
  await peer.write(rendered(page));
  if (tap.last) peer.stream.end();
}

function chosenBy(
  head: RequestHead,
  { scenarios, listed }: FrontOptions,
): Page | { scenario: NamedScenario; selection: Selection } {
  let selection: Selection | undefined;
  try {
    selection = selectionIn(head);
  } catch (error) {
    return refusal("400 Bad Request", messageOf(error));
  }
  const all = "GET / lists all there are";
  if (!selection) return refusal("404 Not Found", `wanted a fault, as in /crash/reset-after-request; ${all}`);
  const { fault } = selection;
  const scenario = scenarios.find(({ id }) => id === fault);
  if (!scenario) return refusal("404 Not Found", `no fault is called “${fault}”; ${all}`);
  if (choiceOf(scenario) === "request") return { scenario, selection };
  const elsewhere = listed.find(({ id }) => id === fault);
  const where = elsewhere?.serverName ? `at the TLS port, by the name ${elsewhere.serverName}` : "at a port of its own";
  return refusal("409 Conflict", `${fault} comes before there is a request: it is met ${where}, if at all; ${all}`);
}
