/**
 * What the page is given beside its table: packed, and unpacked when it is looked at. Everything in it is ready to be
 * shown; the page decides nothing.
 */

/** A column of the matrix. */
export interface ProxyText {
  /** As in links: `nginx-container`. */
  readonly id: string;
  /** `nginx 1.22.1`. */
  readonly title: string;
  readonly via: string;
}

/** A fault, whatever the proxy. */
export interface FaultText {
  readonly title: string;
  readonly causes: readonly string[];
  /** What the standards ask for: `504`. */
  readonly claim: string;
  /** The timer at which it has to come. */
  readonly at?: string;
  readonly proof: readonly string[];
  readonly racy?: string;
  readonly symptom: string;
  readonly why: string;
  readonly evidence: readonly string[];
  readonly remedy: string;
  readonly spec: readonly string[];
  /** What the remedied run claims; unset when there is none. */
  readonly remedied?: string;
}

/** A column's cells, by scenario; a remedied run has `.remedied` behind it. */
export type ColumnTexts = Readonly<Record<string, CellText>>;

export interface CellText {
  readonly kind: "pass" | "fail" | "void" | "skipped" | "inapplicable";
  /** What the client got: `504`, `18× clean, 2× 503`. */
  readonly got: string;
  /** In how many runs; unset for one. */
  readonly runs?: number;
  readonly why: readonly string[];
  readonly departs: readonly string[];
  /** What this proxy gives by its dialect, where that is something else than the standards ask. */
  readonly claim?: string;
  readonly at?: string;
  /** The command that repeats it. */
  readonly again: string;
  /** What several runs gave, when they did not give the same. */
  readonly varies?: readonly { readonly runs: string; readonly got: string; readonly seed: number }[];
  readonly record?: RecordText;
}

/** A trial, bounded. */
export interface RecordText {
  readonly exchanges: readonly ExchangeText[];
  readonly connections: readonly ConnectionText[];
  readonly notes: readonly NoteText[];
  /** How many of each were left out. */
  readonly left: {
    readonly exchanges: number;
    readonly connections: number;
    readonly notes: number;
    readonly said: number;
  };
  readonly said: readonly string[];
  readonly died?: string;
  readonly spoiled?: string;
  /** What the proxy was told: name and value. */
  readonly plan: readonly (readonly [string, string])[];
  /** The timer at which the outcome should come, in milliseconds. */
  readonly timer?: { readonly name: string; readonly limit: number };
}

export interface ExchangeText {
  readonly at: number;
  readonly took: number;
  readonly sending: number;
  /** `504`. */
  readonly got: string;
  /** How it ended: `whole`, `ended by FIN`. */
  readonly ending: string;
  readonly sent: Octets;
  readonly received: Octets;
}

export interface ConnectionText {
  /** `upstream 1, connection 2`. */
  readonly title: string;
  readonly received: Octets;
  readonly sent: Octets;
}

export interface NoteText {
  readonly at: number;
  readonly who: string;
  readonly act: string;
  readonly detail?: string;
}

/** Octets as latin1 text. */
export interface Octets {
  /** How many there were. */
  readonly bytes: number;
  readonly first: string;
  /** The end of what was too long to be kept whole. */
  readonly last?: string;
}
