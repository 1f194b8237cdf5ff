import type { TimerName } from "../../plan.ts";
import type { Connection, Exchange, Note, Transcript, Trial } from "../../trial.ts";
import { endings } from "../endings.ts";
import { outcomeText } from "../words.ts";
import type { ConnectionText, ExchangeText, NoteText, Octets, RecordText } from "./data.ts";

/** Bounds of what is kept of one trial, so that the page of a whole matrix stays small. */
const most = { exchanges: 24, connections: 24, notes: 96, said: 40, words: 2_000, first: 2_048, last: 512 };

/** What the page shows of a trial. @param at the timer at which its outcome should come */
export function recordText(trial: Trial, at: TimerName | undefined): RecordText {
  const { exchanges, connections, timeline, said, died, spoiled, plan } = trial;
  const limit = at === undefined ? 0 : plan.timers[at];
  return {
    exchanges: exchanges.slice(0, most.exchanges).map(exchangeText),
    connections: connections.slice(0, most.connections).map(connectionText),
    notes: both(timeline, most.notes).map(noteText),
    said: said.slice(0, most.said).map((line) => line.slice(0, most.words)),
    left: {
      exchanges: Math.max(0, exchanges.length - most.exchanges),
      connections: Math.max(0, connections.length - most.connections),
      notes: Math.max(0, timeline.length - most.notes),
      said: Math.max(0, said.length - most.said),
    },
    plan: planText(trial),
    ...(died !== undefined && { died }),
    ...(spoiled !== undefined && { spoiled }),
    ...(at !== undefined && limit > 0 && { timer: { name: at, limit } }),
  };
}

function exchangeText({ at, took, sending, outcome, ending, sent, received }: Exchange): ExchangeText {
  return {
    at,
    took,
    sending,
    got: outcomeText(outcome),
    ending: endings[ending],
    sent: octets(sent),
    received: octets(received),
  };
}

function connectionText({ who, number, received, sent }: Connection): ConnectionText {
  return { title: `${who}, connection ${number}`, received: octets(received), sent: octets(sent) };
}

function noteText({ at, who, act, detail }: Note): NoteText {
  return { at, who, act, ...(detail !== undefined && { detail: detail.slice(0, most.words) }) };
}

/** Of many, those at the beginning and some of those at the end. */
function both<T>(items: readonly T[], limit: number): readonly T[] {
  if (items.length <= limit) return items;
  const last = Math.floor(limit / 4);
  return [...items.slice(0, limit - last), ...items.slice(-last)];
}

/** Keeps the first octets and, of what is longer, the last ones. */
function octets({ bytes, first, last = "" }: Transcript): Octets {
  const end = (first + last).slice(most.first);
  const head = (first + last).slice(0, most.first);
  return end === "" ? { bytes, first: head } : { bytes, first: head, last: end.slice(-most.last) };
}

function planText({ plan }: Trial): (readonly [string, string])[] {
  const { upstreams, timers, trust, resolver, retries, keepAlive, headLimit, connections, queue, health, ejection } =
    plan;
  const timer = Object.entries(timers).map(([name, limit]) => `${name} ${limit === 0 ? "off" : `${limit} ms`}`);
  const told: (readonly [string, string | undefined])[] = [
    ["upstreams", upstreams.join(", ") || "none"],
    ["timers", timer.join(", ")],
    ["resolver", resolver],
    ["server name", trust.serverName],
    ["client certificate", trust.identity && "shown"],
    ["retries", String(retries)],
    ["connections kept alive", keepAlive ? "yes" : "no"],
    ["head limit", `${headLimit} octets`],
    ["connections to an upstream", connections === undefined ? undefined : `${connections} at most`],
    ["queue", queue && `${queue.most} at most, ${queue.wait} ms each`],
    ["health check", health && `GET ${health.path} every ${health.every} ms`],
    ["ejection", ejection && `after ${ejection.failures} failures, for ${ejection.for} ms`],
  ];
  return told.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}
