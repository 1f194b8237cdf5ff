import type { Hop, HopOrder } from "./hop.ts";
import type { Authority } from "./net/certificates.ts";
import type { Timers } from "./plan.ts";

/** Writes down the bytes of one connection, bounded. */
export interface WireRecorder {
  sent(bytes: Uint8Array): void;
  received(bytes: Uint8Array): void;
}

/** What a fault is given to play on: one upstream of one scenario on one driver. */
export interface Stage {
  /** Eight hex digits that mark whatever this trial's backends send as the origin's. */
  readonly nonce: string;
  /** Seed of every choice made by chance. */
  readonly seed: number;
  /** The run's timers, which faults are told in terms of; the proxy's own may differ (in a remedy). */
  readonly timers: Timers;
  /** Loopback address for this trial's listeners: no other trial uses it where the system has several. */
  readonly address: string;
  /** Port at which the fault has to be met, where a proxy that is not ours expects it. 0: one of the kernel's choice. */
  readonly port: number;
  /**
   * A private folder of the trial, for socket files and the like, made when it is first wanted. Paths in it are short
   * enough for a unix socket.
   */
  folder(): Promise<string>;
  /** The authority that every proxy of the run trusts. */
  readonly authority: Authority;
  /** Aborts when the run is broken off: what takes long to open is not begun then, and not waited for. */
  readonly signal: AbortSignal;
  /** Opens a further proxy between the one that is measured and a backend. */
  hop(order: Pick<HopOrder, "as" | "upstreams" | "timers" | "told">): Promise<Hop>;
  /** Puts a fact on the trial's timeline, under this upstream's name. */
  note(act: string, detail?: string): void;
  /** Begins the record of a connection that a backend has accepted: what went over the wire, in both directions. */
  record(connection: number): WireRecorder;
  /** Resolves when an act, whoever does it, has been noted `times` times (1 unless told). */
  noted(act: string, times?: number): Promise<void>;
}

/** Those of several drivers that share one upstream; at least one. */
export type Stages = readonly [Stage, ...Stage[]];
