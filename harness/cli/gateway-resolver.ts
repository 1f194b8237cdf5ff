import { promises as dns } from "node:dns";
import type { GatewaySettings } from "../gateway/options.ts";
import { withDeadline } from "../net/deadline.ts";
import { messageOf } from "../net/message-of.ts";
import { nameIn } from "./gateway-contradictions.ts";
import { UsageError } from "./usage.ts";

/** Of Node's resolver: an answer has come, whatever it says. */
const answered: ReadonlySet<unknown> = new Set([
  "ENOTFOUND",
  "ENODATA",
  "ESERVFAIL",
  "EREFUSED",
  "EFORMERR",
  "ENOTIMP",
]);

/** Where the resolve timer is off. */
const longest = 5_000;

/**
 * Asks the name server for the first name that it will be asked for, with the patience that requests will have.
 * @throws UsageError when it does not answer at all
 */
export async function probeResolver(
  { resolver, upstreams, timers }: GatewaySettings,
  signal: AbortSignal,
): Promise<void> {
  const name = upstreams.map(nameIn).find((found) => found !== undefined);
  if (resolver === undefined || name === undefined) return;
  const patience = timers?.resolve || longest;
  const client = clientOf(resolver, patience);
  const cancel = () => client.cancel();
  signal.addEventListener("abort", cancel);
  try {
    await withDeadline(client.resolve4(name), patience, "no answer");
  } catch (error) {
    if (signal.aborted || answered.has(codeOf(error))) return;
    const why = messageOf(error);
    throw new UsageError(`--resolver: wanted a name server that answers; got ${resolver}: ${why}`);
  } finally {
    signal.removeEventListener("abort", cancel);
    cancel();
  }
}

/** The library's own patience must not end before ours. */
function clientOf(server: string, patience: number): dns.Resolver {
  const client = new dns.Resolver({ tries: 1, timeout: patience + 1_000 });
  try {
    client.setServers([server]);
  } catch {
    throw new UsageError(`--resolver: wanted the address:port of a name server; got “${server}”`);
  }
  return client;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
