import { promises as dns, NODATA } from "node:dns";
import { isIP } from "node:net";
import type { Timers } from "../plan.ts";
import { within } from "./within.ts";

/** How long an answer for one address family waits for the other's, in milliseconds (RFC 8305 §3). */
const resolutionDelay = 50;

/**
 * The addresses of a host, IPv4 first. Nothing is cached: what the name server says now is what counts.
 * @param server `address:port` of the name server; unset: the system's own way
 * @throws TimerRanOut, or the error of Node's resolver
 */
export function resolve(
  host: string,
  server: string | undefined,
  timers: Timers,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (isIP(host) !== 0) return Promise.resolve([host]);
  return within<readonly string[], "resolve">(timers, "resolve", signal, (step) => {
    if (server === undefined) {
      dns
        .lookup(host, { all: true, order: "ipv4first" })
        .then((found) => step.done(found.map(({ address }) => address)), step.failed);
      return () => {};
    }
    // The library's own patience, five seconds unless told, must not end before ours.
    const patience = timers.resolve === 0 ? {} : { timeout: timers.resolve + 1_000 };
    const resolver = new dns.Resolver({ tries: 1, ...patience });
    resolver.setServers([server]);
    bothFamilies(resolver, host).then(step.done, step.failed);
    return () => resolver.cancel();
  });
}

/** Both questions at once; when one has been answered, the other gets a moment more. The A question's error counts. */
async function bothFamilies(resolver: dns.Resolver, host: string): Promise<string[]> {
  const four = resolver.resolve4(host);
  const six = resolver.resolve6(host);
  await Promise.any([four, six]).catch(() => undefined);
  const late = Promise.withResolvers<string[]>();
  const patience = setTimeout(() => late.resolve([]), resolutionDelay);
  const answers = await Promise.allSettled([four, six].map((family) => Promise.race([family, late.promise])));
  clearTimeout(patience);
  const addresses = answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
  if (addresses.length > 0) return addresses;
  await four;
  throw Object.assign(new Error("the name has no address"), { code: NODATA });
}
