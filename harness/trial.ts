import type { Via } from "./driver.ts";
import type { Outcome } from "./outcome.ts";
import type { Plan } from "./plan.ts";

/** The saved record of one scenario on one driver. Plain JSON; everything after the lab is a function of it. */
export interface Trial {
  readonly format: 1;
  readonly scenario: string;
  readonly remedied?: true;
  readonly driver: string;
  readonly via: Via;
  /** Of the proxy. */
  readonly version: string;
  readonly seed: number;
  readonly plan: Plan;
  readonly exchanges: readonly Exchange[];
  /** What every side did, on one clock that starts with the first ask. */
  readonly timeline: readonly Note[];
  /** The bytes of every connection that a backend accepted, as the backend saw them. */
  readonly connections: readonly Connection[];
  /** The proxy's own words. */
  readonly said: readonly string[];
  /** How the proxy process ended, when it did. */
  readonly died?: string;
  /** Why the scene could not be played to its end: the trial says nothing about the proxy then. */
  readonly spoiled?: string;
}

/** A fact, put down by whoever made it true. */
export interface Note {
  /** Milliseconds after the first ask began. */
  readonly at: number;
  /** `client`, `upstream 1`, … */
  readonly who: string;
  readonly act: string;
  readonly detail?: string;
}

/** The record of one request. */
export interface Exchange {
  /** Index of the ask in the scenario. */
  readonly ask: number;
  /** Milliseconds after the first ask began. */
  readonly at: number;
  /** Milliseconds until the response was whole, broken off or given up. */
  readonly took: number;
  /** Milliseconds until the last octet of the request that was taken had been taken. */
  readonly sending: number;
  readonly sent: Transcript;
  readonly received: Transcript;
  readonly response?: Response;
  readonly ending: Ending;
  readonly outcome: Outcome;
}

/**
 * How the wait for a response ended: message whole, FIN, RST (a refused connection too), bytes that can be
 * no response (the client gives up at once), or our patience at its end.
 */
export type Ending = "whole" | "fin" | "rst" | "malformed" | "deadline";

/** One connection of a backend: what it sent and received. Over TLS: inside the encryption. */
export interface Connection {
  /** `upstream 1`, … */
  readonly who: string;
  /** Counted from 1 for each upstream. */
  readonly number: number;
  readonly sent: Transcript;
  readonly received: Transcript;
}

/** Bytes on the wire as latin1 text, bounded: the first and the last 4 KiB. */
export interface Transcript {
  readonly bytes: number;
  readonly first: string;
  /** Unset when `first` holds everything. */
  readonly last?: string;
}

export interface Response {
  readonly status: number;
  readonly reason: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** Status codes of the interim responses that came before. */
  readonly interim: readonly number[];
  /** Octets of content received, transfer coding taken off. */
  readonly bodyBytes: number;
  /** The nonce of our backend stands in the fields or the body. */
  readonly fromOrigin: boolean;
  /** The message came to the end that its own framing announces. */
  readonly framed: boolean;
  /** The body's own length and checksum hold; unset when it carries none. */
  readonly intact?: boolean;
  /** Octets that came after the whole message, unasked: the beginning of a second response, perhaps. */
  readonly extra?: number;
}
