import { type Gateway, startGateway as startGatewayOf } from "../gateway/gateway.ts";
import type { GatewaySettings } from "../gateway/options.ts";
import { defaultTimers, type Timers } from "../plan.ts";

export type StartGatewayOptions = Omit<GatewaySettings, "timers"> & {
  /** Milliseconds; what is left out is 300, `total` off. */
  readonly timers?: Partial<Timers>;
};

/**
 * Starts badgateway's own gateway on a free port of the loopback, unless told where. Disposing closes it at once,
 * `drain(patience)` lets what is under way end.
 * @throws OptionError when an option is wrong, a file cannot be read, or the address cannot be listened on
 */
export async function startGateway({ timers, ...settings }: StartGatewayOptions): Promise<Gateway> {
  return startGatewayOf({ ...settings, timers: { ...defaultTimers, ...timers } });
}
