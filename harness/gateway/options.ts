import { randomBytes } from "node:crypto";
import type { Fields } from "../fields.ts";
import { defaultTimers, type Plan, type Trust } from "../plan.ts";
import type { AccessRecord } from "./access-record.ts";
import { checkOptions } from "./options-check.ts";
import type { Profile, Tries } from "./profile.ts";

/** Everything that governs one gateway: the fields of a plan, where to listen, and who is told. */
export interface GatewayOptions extends Omit<Plan, "trust"> {
  readonly listen: { readonly host: string; readonly port: number };
  /** Without a CA file the system's authorities are trusted. */
  readonly trust: Partial<Trust>;
  /** Who the gateway says it is in `Via` and `Proxy-Status` (a token; no product name, RFC 9209 §2). */
  readonly name: string;
  /** Told of every request once it has been answered, broken off, or given up by the client. */
  readonly onAnswered?: (record: AccessRecord) => void;
  /** The managed proxy that is imitated. Unset: the gateway answers as the RFCs ask. */
  readonly profile?: Profile;
  /** How it tries again, in place of `retries`. */
  readonly tries?: Tries;
  /** What the ids of a profile follow from. Unset: made by chance. */
  readonly seed?: number;
  /** Field lines on every answer of its own making, for whoever must know it again. */
  readonly signature?: Fields;
}

/** What must be told: where to forward to. An empty list is a gateway that knows no upstream. */
export type GatewaySettings = Pick<GatewayOptions, "upstreams"> & Partial<GatewayOptions>;

/** @throws OptionError */
export function withDefaults(settings: GatewaySettings): GatewayOptions {
  const options: GatewayOptions = {
    listen: { host: "127.0.0.1", port: 0 },
    timers: defaultTimers,
    trust: {},
    retries: 0,
    keepAlive: true,
    headLimit: 32 * 1024,
    name: `${settings.profile?.name ?? "gateway"}-${randomBytes(4).toString("hex")}`,
    ...settings,
  };
  checkOptions(options);
  return options;
}
