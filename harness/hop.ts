import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Timers } from "./plan.ts";

/** A proxy between the one that is measured and a fault. It is sound itself, and tells what it does. */
export interface Hop extends AsyncDisposable {
  readonly url: string;
  /** Resolves when every request that has come has ended, one way or another; it takes no more of them. */
  ended(): Promise<void>;
}

export interface HopOrder {
  /** As which proxy it answers: `aws-alb`, `nginx`. */
  readonly as: string;
  readonly upstreams: readonly string[];
  readonly timers: Timers;
  /** Address to listen on. */
  readonly address: string;
  /** Field lines on every answer of its own, by which the client knows it from one of the proxy that is measured. */
  readonly signature: readonly (readonly [name: string, value: string])[];
  readonly seed: number;
  /** Told of every request when it has ended. */
  told(story: HopStory): void;
}

/** What became of one request at a hop: an answer of its own, another's passed on, broken off, or nobody was left to tell. */
export interface HopStory {
  readonly did: "answers" | "relays" | "breaks-off" | "is-deserted";
  readonly detail: string;
}

/**
 * Opens a hop. As drivers are, it is found when it is wanted: the nouns know no proxy.
 * @throws Error when nothing is known of the proxy that it is to be
 */
export async function openHop(order: HopOrder): Promise<Hop> {
  const extension = import.meta.filename.endsWith(".ts") ? "ts" : "js";
  const file = join(import.meta.dirname, "proxies", "profile", `hop.${extension}`);
  const module: { default: (order: HopOrder) => Promise<Hop> } = await import(pathToFileURL(file).href);
  return module.default(order);
}
