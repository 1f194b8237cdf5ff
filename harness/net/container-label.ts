import { randomUUID } from "node:crypto";

export interface ContainerLabel {
  readonly labels: Readonly<Record<string, string>>;
  /** The same as the engine's filters and the watchdog want it: `name=value`. */
  readonly filter: string;
}

/** Every container and network of ours has a label of this name, with a value of its own. */
export function freshLabel(): ContainerLabel {
  const value = randomUUID();
  return { labels: { badgateway: value }, filter: `badgateway=${value}` };
}
