import type { LookupAddress } from "node:dns";
import { Resolver } from "node:dns/promises";
import type { LookupFunction } from "node:net";

/** Errors of c-ares that say the name, or an address of it, is not there; all others mean that nobody knows. */
const absent = ["ENOTFOUND", "ENODATA"];

/**
 * A `lookup` that asks one DNS server, and tells what `dns.lookup` would, were that server the system's.
 * @param server as `address:port`
 * @param timeout milliseconds until it gives up; 0: as long as c-ares takes
 */
export function lookupAt(server: string, timeout: number): LookupFunction {
  return (name, options, callback) => {
    const resolver = new Resolver({ tries: 1 });
    resolver.setServers([server]);
    const timer = timeout > 0 && setTimeout(() => resolver.cancel(), timeout);
    addressesOf(resolver, name)
      .finally(() => timer && clearTimeout(timer))
      .then(
        (addresses) => {
          const [first] = addresses;
          if (options.all) callback(null, addresses);
          else callback(null, first?.address ?? "", first?.family);
        },
        (error: NodeJS.ErrnoException) => callback(error, []),
      );
  };
}

async function addressesOf(resolver: Resolver, name: string): Promise<LookupAddress[]> {
  const [four, six] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  const addresses = [
    ...(four.status === "fulfilled" ? four.value.map((address) => ({ address, family: 4 })) : []),
    ...(six.status === "fulfilled" ? six.value.map((address) => ({ address, family: 6 })) : []),
  ];
  if (addresses.length > 0) return addresses;
  const reasons = [four, six].flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  const code = reasons.every((reason) => absent.includes(reason.code)) ? "ENOTFOUND" : "EAI_AGAIN";
  throw Object.assign(new Error(`getaddrinfo ${code} ${name}`), { code, hostname: name, syscall: "getaddrinfo" });
}
