import { isIP } from "node:net";
import type { GatewayCommandOptions } from "./gateway-command.ts";
import { UsageError } from "./usage.ts";

type Given = keyof GatewayCommandOptions;

/** Options that say nothing without another one. */
const needed: readonly (readonly [option: Given, flag: string, other: Given, otherFlag: string])[] = [
  ["certificate", "--certificate", "key", "--key"],
  ["key", "--key", "certificate", "--certificate"],
  ["maxQueue", "--max-queue", "maxConnections", "--max-connections"],
  ["queueTimeout", "--queue-timeout", "maxQueue", "--max-queue"],
  ["healthInterval", "--health-interval", "healthCheck", "--health-check"],
  ["healthRise", "--health-rise", "healthCheck", "--health-check"],
  ["healthFall", "--health-fall", "healthCheck", "--health-check"],
  ["failTimeout", "--fail-timeout", "maxFails", "--max-fails"],
];

/** Options that matter to certain upstreams only. */
const meant: readonly {
  readonly option: Given;
  readonly flag: string;
  readonly kind: string;
  readonly fits: (upstream: string) => boolean;
}[] = [
  { option: "resolver", flag: "--resolver", kind: "with a name to resolve", fits: hasName },
  { option: "ca", flag: "--ca", kind: "with https", fits: isSecure },
  { option: "certificate", flag: "--certificate", kind: "with https", fits: isSecure },
  { option: "serverName", flag: "--server-name", kind: "with https", fits: isSecure },
];

/** @throws UsageError for options that contradict each other */
export function checkTogether(options: GatewayCommandOptions): void {
  const { upstream } = options;
  if (upstream.length === 0)
    throw new UsageError("--upstream: wanted one or more, as in http://127.0.0.1:9001; got none");
  for (const [option, flag, other, otherFlag] of needed) {
    if (options[option] === undefined || options[other] !== undefined) continue;
    throw new UsageError(`${flag}: wanted together with ${otherFlag}; got ${options[option]} alone`);
  }
  for (const { option, flag, kind, fits } of meant) {
    if (options[option] === undefined || upstream.some(fits)) continue;
    throw new UsageError(`${flag}: wanted beside an upstream ${kind}; got only ${upstream.join(", ")}`);
  }
}

function isSecure(upstream: string): boolean {
  return /^https:/i.test(upstream);
}

function hasName(upstream: string): boolean {
  return nameIn(upstream) !== undefined;
}

/** The name that a name server must be asked for; unset when the upstream is an address, or none at all. */
export function nameIn(upstream: string): string | undefined {
  if (!/^https?:/i.test(upstream) || !URL.canParse(upstream)) return undefined;
  const { hostname } = new URL(upstream);
  return hostname.startsWith("[") || isIP(hostname) !== 0 ? undefined : hostname;
}
