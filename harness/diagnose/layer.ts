import type { Cause } from "../cause.ts";
import type { Sign } from "./signs.ts";

/** What a proxy does with an upstream, in this order. `reuse`: a second request on the same connection. */
export const layerNames = ["resolve", "connect", "tls", "request", "head", "body", "reuse"] as const;

export type LayerName = (typeof layerNames)[number];

/** How far one layer got. Plain JSON. */
export interface Layer {
  readonly name: LayerName;
  /** `not needed`: there is nothing to do here, for an address that is no name say. */
  readonly verdict: "ok" | "failed" | "not reached" | "not needed";
  /** Milliseconds, to a tenth. */
  readonly took?: number;
  /** What became of it, in one line. */
  readonly says: string;
  /** What else is to be seen, a line each: addresses, certificates, fields. */
  readonly facts: readonly string[];
}

/** Something that is wrong with the upstream. */
export interface Finding {
  readonly layer: LayerName;
  /** What it looks like, from a closed list. */
  readonly sign: Sign;
  /** What a proxy should put it down to. Unset: a proxy relays this, and does not fail. */
  readonly cause?: Cause;
  /** One sentence with the particulars. */
  readonly says: string;
}

/** A layer as it went, with what it gives to the next one; without it there is no next one. */
export interface Step<Value> {
  readonly layer: Layer;
  readonly value?: Value;
  readonly findings: readonly Finding[];
  /** Worth knowing, though nothing is wrong. */
  readonly notes?: readonly string[];
}

/** A layer that failed, and why. */
export function failedStep(
  layer: Omit<Layer, "verdict" | "says">,
  finding: Omit<Finding, "layer">,
  says: string = finding.says,
): Step<never> {
  return { layer: { ...layer, verdict: "failed", says }, findings: [{ layer: layer.name, ...finding }] };
}

/** Milliseconds since a moment of `performance.now()`, to a tenth. */
export function since(moment: number): number {
  return Math.round((performance.now() - moment) * 10) / 10;
}
