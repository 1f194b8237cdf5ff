import type { Lab } from "../open-lab.ts";
import type { Exchange } from "../trial.ts";

/** The labs that are open in this process, so that whoever holds an answer can look up what both ends did. */
export const openLabs = new Set<Lab>();

/** Which lab an exchange of our own client has been made in; known for as long as the exchange is. */
export const madeIn = new WeakMap<Exchange, Lab>();
