import type { TimerName } from "../../plan.ts";
import type { Connection, Exchange, Note, Transcript, Trial } from "../../trial.ts";
import { endings } from "../endings.ts";
import { outcomeText } from "../words.ts";
import type { ConnectionText, ExchangeText, NoteText, Octets, RecordText } from "./data.ts";
import { planText } from "./plan-text.ts";

/** How much of one trial is kept, so that the page of a whole matrix stays small. */
export interface Bounds {
  readonly exchanges: number;
  readonly connections: number;
  readonly notes: number;
  /** Lines of the proxy's log. */
  readonly said: number;
  /** Characters of such a line, or of a note. */
  readonly words: number;
  /** Octets of either end of what went over the wire. */
  readonly first: number;
  readonly last: number;
}

/** What the page shows of a trial. @param at the timer at which its outcome should come */
export function recordText(trial: Trial, at: TimerName | undefined, most: Bounds): RecordText {
  const { exchanges, connections, timeline, said, died, spoiled, plan } = trial;
  const limit = at === undefined ? 0 : plan.timers[at];
  const left = (count: number, kept: number) => Math.max(0, count - kept);
  return {
    exchanges: exchanges.slice(0, most.exchanges).map((exchange) => exchangeText(exchange, most)),
    connections: connections.slice(0, most.connections).map((connection) => connectionText(connection, most)),
    notes: both(timeline, most.notes).map((note) => noteText(note, most)),
    said: said.slice(0, most.said).map((line) => line.slice(0, most.words)),
    left: {
      exchanges: left(exchanges.length, most.exchanges),
      connections: left(connections.length, most.connections),
      notes: left(timeline.length, most.notes),
      said: left(said.length, most.said),
    },
    plan: planText(plan),
    ...(died !== undefined && { died }),
    ...(spoiled !== undefined && { spoiled }),
    ...(at !== undefined && limit > 0 && { timer: { name: at, limit } }),
  };
}

function exchangeText({ at, took, sending, outcome, ending, sent, received }: Exchange, most: Bounds): ExchangeText {
  return {
    at,
    took,
    sending,
    got: outcomeText(outcome),
    ending: endings[ending],
    sent: octets(sent, most),
    received: octets(received, most),
  };
}

function connectionText({ who, number, received, sent }: Connection, most: Bounds): ConnectionText {
  return { title: `${who}, connection ${number}`, received: octets(received, most), sent: octets(sent, most) };
}

function noteText({ at, who, act, detail }: Note, most: Bounds): NoteText {
  return { at, who, act, ...(detail !== undefined && { detail: detail.slice(0, most.words) }) };
}

/** Of many, those at the beginning and some of those at the end. */
function both<T>(items: readonly T[], limit: number): readonly T[] {
  if (items.length <= limit) return items;
  const last = Math.floor(limit / 4);
  return [...items.slice(0, limit - last), ...items.slice(-last)];
}

/** Keeps the first octets and, of what is longer than both bounds, the last ones. */
function octets({ bytes, first, last = "" }: Transcript, most: Bounds): Octets {
  const text = first + last;
  if (text.length === bytes && bytes <= most.first + most.last) return { bytes, first: text };
  return { bytes, first: text.slice(0, most.first), last: text.slice(most.first).slice(-most.last) };
}
