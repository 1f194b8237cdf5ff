import type { NamedScenario } from "../scenario.ts";

/** Families whose faults are more than one backend: names, containers, several upstreams, a proxy's own settings. */
const elsewhere = new Set(["dns", "container", "pool", "config"]);

/**
 * How one asks a backend for a fault: `request` where it begins with a request, whose path or field names it; `port`
 * where it comes before, so that it has a port of its own; `name` where it lies in the TLS handshake, which names a
 * server. Nothing where it takes more than one backend, or a client of ours in front.
 */
export function choiceOf({ id, upstreams }: NamedScenario): "request" | "port" | "name" | undefined {
  const [family = ""] = id.split("/");
  const [fault, ...others] = upstreams;
  if (!fault || fault.needs || others.length > 0 || elsewhere.has(family)) return undefined;
  if (family === "tls") return "name";
  return fault.strikes === undefined ? "request" : "port";
}
