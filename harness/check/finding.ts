import type { Cell } from "../lab.ts";

/** What a person would want to know of a proxy, the gravest first. */
export const gravity = [
  /** A request that must not be sent again was. */
  "repeated",
  /** An incomplete message looks complete. */
  "silent",
  /** The proxy process is gone. */
  "died",
  /** A certificate, or a handshake, that should not have been trusted. */
  "unverified",
  /** Something got through that must not, or did not that must. */
  "passed-on",
  /** No answer within the client's patience. */
  "hang",
  /** The connection ended without a response. */
  "no-answer",
  /** The origin's own answer is replaced by one of the proxy's. */
  "replaced",
  /** A message broken off where a status could have been told. */
  "broken-early",
  /** A failure answered with another status than the standards recommend. */
  "status",
  /** A response that breaks HTTP is taken for a good one. */
  "lenient",
  /** Several requests did not come to the mix of answers that is asked. */
  "count",
  /** The answer comes, but not when its timer runs out. */
  "untimely",
  /** Incomplete and looks complete, and nobody could tell: good to know. */
  "unseen",
  /** As it must be, and good to know all the same: a 200 that is broken off. */
  "broken-off",
] as const;

export type FindingKind = (typeof gravity)[number];

/** One thing to know, in however many scenarios it was seen. */
export interface Finding {
  readonly kind: FindingKind;
  readonly scenarios: readonly string[];
  /** What came, in words. */
  readonly came: string;
  /** What the standards ask. */
  readonly asked: string;
  /** The sections that say so. */
  readonly spec: readonly string[];
  readonly change: string;
  /** Why this proxy is known to do so, where that was measured. */
  readonly known?: string;
  /** Where it is written that this is expected. */
  readonly accepted?: string;
}

/** A finding before it is put together with its like. */
export type Observation = Omit<Finding, "scenarios" | "change" | "known" | "accepted"> & { readonly cell: Cell };
