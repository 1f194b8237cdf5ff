import type { GatewayOptions } from "./options.ts";
import type { Party } from "./party.ts";
import type { Upstreams } from "./upstreams.ts";

/** What every exchange of one gateway shares. */
export interface Surroundings {
  readonly options: GatewayOptions;
  readonly upstreams: Upstreams;
  /** The gateway is closing: no further request is wanted on any client's connection. */
  draining: boolean;
  /** Where gateways stand side by side: waits for the same request at each of the others. */
  readonly meet?: (party: Party) => void;
}

/** How a request came. */
export interface Manner {
  /** With `Expect: 100-continue`. */
  readonly expects: boolean;
  /** With a wish to switch protocols, and these bytes behind its head. */
  readonly switching?: Buffer;
}
