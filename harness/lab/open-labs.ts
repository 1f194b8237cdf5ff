import type { Lab } from "../open-lab.ts";
import type { Exchange } from "../trial.ts";

/** The labs that are open in this process, so that whoever holds an answer can look up what both ends did. */
export const openLabs = new Set<Lab>();

/** Whoever has a mark that stands in whatever its backends send. */
export type Origin = Pick<Lab, "nonce" | "timeline">;

/** The faults that have been started without a proxy: whoever is in front of them, what carries their mark is theirs. */
export const openFaults = new Set<Origin>();

/** Which lab an exchange of our own client has been made in; known for as long as the exchange is. */
export const madeIn = new WeakMap<Exchange, Lab>();
