import type { Cause } from "../cause.ts";
import type { Mark } from "../dialect.ts";
import type { TimerName } from "../plan.ts";

export interface Source {
  readonly title: string;
  readonly url?: string;
  /** When the facts were taken from it, as in `2026-11-26`: vendors change these values. */
  readonly date: string;
}

/** What every entry of a profile carries. */
export interface Entry {
  readonly mark: Mark;
  /** Key of one of the profile's sources. */
  readonly source: string;
  readonly note?: string;
}

/** Finer cases of an error type, which vendors tell apart and RFC 9209 does not. */
export const finerOccasions = ["tls_timeout", "length_conflict"] as const;

/** What is answered: an error type of RFC 9209, or a finer case of one. */
export type Occasion = Cause | (typeof finerOccasions)[number];

/** What the client is told on one occasion. */
export interface ProfileAnswer extends Entry {
  readonly status: number;
  /** Reason phrase, where it is not the registered one. */
  readonly reason?: string;
  /** The vendor's own word for it, in a log field or in a header: `OriginConnectError`, `H21`. */
  readonly word?: string;
  /** What the page, or the log, says in a sentence. */
  readonly text?: string;
}

/**
 * What becomes of a message whose head has been relayed:
 *
 * - `cut`: it is visibly broken off
 * - `complete`: it is ended as though it were whole, as far as its framing lets it
 * - `answer`: it was held back until it should be whole, and is answered in its place
 */
export interface AfterHead extends Entry {
  readonly does: "cut" | "complete" | "answer";
  /** The status that is logged, where it is not the one that the client was sent. */
  readonly logged?: number;
  readonly word?: string;
  readonly text?: string;
}

/** How a proxy tries again by itself. */
export interface Tries {
  /** The first try included. */
  readonly most: number;
  /**
   * After which failures: it could not connect; where the request may be repeated, the connection ended before the
   * response was whole, or no response came in time.
   */
  readonly after: readonly ("connecting" | "terminated" | "silence")[];
  /** Where: at other upstreams alone, or at the same one as well. */
  readonly at: "others" | "any";
}

/** A field line; its text may hold placeholders, as in `CF-RAY: {ray}`. */
export interface FieldTemplate extends Entry {
  readonly name: string;
  readonly text: string;
}

/**
 * How a managed proxy answers, as data. Texts may hold placeholders: `{status}`, `{reason}`, `{word}`, `{text}`, `{host}`,
 * `{target}` and others of `profile-text.ts`, and the names of `ids`.
 */
export interface Profile {
  /** As in `--profile aws-alb`. */
  readonly name: string;
  readonly title: string;
  /** In which of its settings the vendor's product is imitated, where they matter. */
  readonly setting?: string;
  readonly sources: Readonly<Record<string, Source>>;
  readonly answers: Readonly<Partial<Record<Occasion, ProfileAnswer>>>;
  /** The vendor's own defaults, in milliseconds; what is not known is left out. */
  readonly timers: Readonly<Partial<Record<TimerName, Entry & { readonly ms: number }>>>;
  /** What becomes of a request when every upstream is marked down. Unset: `destination_unavailable` is answered. */
  readonly allDown?: Entry & { readonly does: "route" };
  /** The certificate of a TLS upstream is not verified. Unset: it is. */
  readonly trusting?: Entry;
  /** The upstream closes, resets, or breaks the framing. Unset: `cut`. */
  readonly broken?: AfterHead;
  /** The upstream falls silent. Unset: `cut`. */
  readonly stalled?: AfterHead;
  /** Statuses of the upstream that are answered with a page of its own; all others are relayed as they are. */
  readonly replaces?: Entry & { readonly statuses: readonly number[] };
  /** A response without a reason phrase counts as malformed. */
  readonly wantsReason?: Entry & { readonly word?: string };
  /** How often it tries before it gives up. Unset: once. */
  readonly tries?: Entry & Tries;
  /** The largest response head taken, in octets. */
  readonly headLimit?: Entry & { readonly octets: number };
  /** Its error page, in our words and their structure. */
  readonly page: { readonly type: string; readonly body: string };
  /** Field lines on answers of its own making, and on every response. */
  readonly fields: { readonly own: readonly FieldTemplate[]; readonly every: readonly FieldTemplate[] };
  /** Ids made by chance for each request: `{hex:16}`, `{digits:10}`, `{letters:9}`, `{word:54}` are filled in. */
  readonly ids: Readonly<Record<string, string>>;
  /** One line of its log for each request; `left` is what an `own` line says when the client has gone. */
  readonly log: { readonly own: string; readonly relayed: string; readonly left?: Left };
  /** What else it answers or logs: a function crashed, a quota is used up. */
  readonly beyond: readonly Beyond[];
}

/** What stands in the log for a client that has gone; `-` where nothing is said. */
export interface Left {
  readonly status?: string;
  readonly word?: string;
  readonly text?: string;
}

export interface Beyond extends Entry {
  /** A status, or what stands in its place in the log: `000`. */
  readonly status: string;
  readonly what: string;
  readonly word?: string;
}
