import type { Cause } from "./cause.ts";
import type { Fault } from "./fault.ts";
import type { Claim, Tally } from "./outcome.ts";
import type { PlanChange, TimerName } from "./plan.ts";

/** One page about one fault. Data, no steps; it never names a proxy. Its path below `scenarios/` is its id. */
export interface Scenario {
  readonly title: string;
  /** What the proxy should put the failure down to; several where the standards do not rank them. None: no failure. */
  readonly cause?: Cause | readonly Cause[];
  readonly upstreams: readonly Fault[];
  readonly plan?: PlanChange;
  /** Default: one GET on a fresh connection. */
  readonly asks?: readonly Ask[];
  /** What every ask without a claim of its own must give. */
  readonly claim: Claim | Tally;
  /** The timer at which the outcome comes: not before it has run out, and soon after. */
  readonly at?: TimerName;
  /** What must not stand in anything that the client gets, by its name: `{ "a bare CR": /\r(?!\n)/ }`. */
  readonly never?: Readonly<Record<string, RegExp>>;
  /** What must stand in every relayed response head, its fields written as `Name: value`, one a line. */
  readonly always?: Readonly<Record<string, RegExp>>;
  /** How we know that the fault happened. Without all of these the trial is void. */
  readonly proof: readonly Proof[];
  /** The same again with the cause taken away: it must then succeed, which proves the cause. */
  readonly remedy?: Remedy;
  /** The scenario could harm its neighbours: it runs when no other does. */
  readonly alone?: true;
  /** Why the outcome is a set by nature, and may vary from run to run. */
  readonly racy?: string;
  readonly story: Story;
  /** Sections that ask for the outcome: `RFC 9209 §2.3.7`. */
  readonly spec: readonly string[];
}

/** One request, or a repeated one, sent through the proxy. */
export interface Ask {
  /** `GET` unless told. */
  readonly method?: string;
  /** `/` unless told. */
  readonly path?: string;
  readonly fields?: Readonly<Record<string, string>>;
  /** Size of the request body, in bytes; its content is seeded. */
  readonly body?: number;
  /** Send `Expect: 100-continue` and wait for the 100 (or the final response) before the body. */
  readonly expect?: true;
  /** Offer to switch protocols. After a 101 that keeps to RFC 6455 the client listens until the server's Close frame. */
  readonly upgrade?: "websocket";
  /** `same`: on the connection that the ask before has left open. `fresh` unless told. */
  readonly on?: "fresh" | "same";
  /** Begin once this act has been noted, so many times where told, without waiting for the ask before to end. */
  readonly after?: string | { readonly act: string; readonly times: number };
  /** How often; 1 unless told. */
  readonly times?: number;
  /** The repeats go out all at once, not one by one. */
  readonly together?: true;
  readonly claim?: Claim | Tally;
}

/** An act that must stand on the timeline, at least once unless told. */
export interface Proof {
  readonly act: string;
  /** Which upstream's act, counted from 1; any, unless told. */
  readonly upstream?: number;
  /** Exactly so often, or at least and, where that is told, at most. */
  readonly times?: number | readonly [least: number, most?: number];
  /** Which ask's request brings it about, counted from 1, where that is not the first. */
  readonly ask?: number;
}

/** What takes the cause away, in terms of the scenario; what is left out stays as it was. Claims `clean` unless told. */
export interface Remedy {
  readonly plan?: PlanChange;
  readonly upstreams?: readonly Fault[];
  readonly asks?: readonly Ask[];
  readonly claim?: Claim | Tally;
  /** Proofs of the remedied run; none unless told, since the fault may be gone. */
  readonly proof?: readonly Proof[];
}

/** What a person learns from the scenario. */
export interface Story {
  /** What users and the monitoring see. */
  readonly symptom: string;
  /** What happens on the wire, and why. */
  readonly why: string;
  /** Commands that a person would type, and the log line to look for. */
  readonly evidence: readonly string[];
  /** What to change. */
  readonly remedy: string;
}

/** A scenario with the id that its path gives it; `remedy` marks the run with the cause taken away. */
export interface NamedScenario extends Scenario {
  readonly id: string;
  readonly remedied?: true;
}

export function causesOf(scenario: Scenario): readonly Cause[] {
  if (scenario.cause === undefined) return [];
  return typeof scenario.cause === "string" ? [scenario.cause] : scenario.cause;
}
