import { promises as dns, getServers } from "node:dns";
import { messageOf } from "../net/message-of.ts";
import { askName, GarbledReply, type NameAnswer, type ServerAddress } from "../net/name-query.ts";
import { failedStep, type Step, since } from "./layer.ts";
import type { DiagnoseOptions } from "./options.ts";
import type { Sign } from "./signs.ts";
import { nameOf, type Target } from "./target.ts";

/** An address to connect to. */
export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

/** From the name to its addresses, IPv4 first. */
export async function resolveLayer(target: Target, options: DiagnoseOptions): Promise<Step<readonly Address[]>> {
  options.signal?.throwIfAborted();
  const name = nameOf(target);
  if (name === undefined) {
    const says = target.host === undefined ? "a unix socket has no name" : `${target.host} is an address`;
    const addresses: Address[] =
      target.host === undefined ? [] : [{ address: target.host, family: target.host.includes(":") ? 6 : 4 }];
    return { layer: { name: "resolve", verdict: "not needed", says, facts: [] }, value: addresses, findings: [] };
  }
  if (options.resolver === undefined) return bySystem(name, options);
  return byServer(name, serverOf(options.resolver), options);
}

/** Reads `127.0.0.1:53`, `[::1]:53`, or an address alone. */
export function serverOf(text: string): ServerAddress {
  const [, bracketed, address, port = "53"] = /^(?:\[([^\]]+)\]|([^:]+)|.*)(?::(\d+))?$/.exec(text) ?? [];
  return { address: bracketed ?? address ?? text, port: Number(port) };
}

async function bySystem(name: string, { timers, signal }: DiagnoseOptions): Promise<Step<readonly Address[]>> {
  const begun = performance.now();
  const facts = [`asked: the system (hosts file, then ${getServers().join(", ") || "no name server"})`];
  const late = Promise.withResolvers<never>();
  const clock = timers.resolve > 0 ? setTimeout(() => late.reject(new TimedOut()), timers.resolve) : undefined;
  const leave = () => late.reject(signal?.reason);
  signal?.addEventListener("abort", leave);
  try {
    const found = await Promise.race([dns.lookup(name, { all: true, order: "ipv4first" }), late.promise]);
    const addresses = found.map(({ address, family }): Address => ({ address, family: family === 6 ? 6 : 4 }));
    return resolved(name, addresses, since(begun), facts);
  } catch (error) {
    signal?.throwIfAborted();
    const layer = { name: "resolve" as const, took: since(begun), facts };
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (error instanceof TimedOut || code === "EAI_AGAIN") {
      const when = error instanceof TimedOut ? `within ${timers.resolve} ms` : "for now (EAI_AGAIN)";
      const says = `the system had no answer for ${name} ${when}`;
      return failedStep(layer, { sign: "resolver-silent", cause: "dns_timeout", says });
    }
    const says = `the system knows no address of ${name} (${code || error})`;
    return failedStep(layer, { sign: "name-unknown", cause: "dns_error", says });
  } finally {
    clearTimeout(clock);
    signal?.removeEventListener("abort", leave);
  }
}

class TimedOut extends Error {}

const types = ["A", "AAAA"] as const;

/** What became of one question; `reply` is unset when none came that can be read. */
interface Asked {
  readonly type: (typeof types)[number];
  readonly took: number;
  readonly reply?: NameAnswer;
  readonly failure?: "silent" | "garbled" | "unreachable";
  readonly says: string;
}

async function byServer(
  name: string,
  server: ServerAddress,
  options: DiagnoseOptions,
): Promise<Step<readonly Address[]>> {
  const begun = performance.now();
  const asked = await Promise.all(types.map((type) => ask(name, type, server, options)));
  const facts = [`asked: ${server.address} port ${server.port}`, ...asked.map(({ says }) => says)];
  const addresses = asked.flatMap(({ reply }) => reply?.records.flatMap(addressOf) ?? []);
  const took = since(begun);
  if (addresses.length > 0) return resolved(name, addresses, took, facts);
  const [first] = asked;
  return failedStep({ name: "resolve", took, facts }, whyNot(name, first, options));
}

function resolved(
  name: string,
  value: readonly Address[],
  took: number,
  facts: readonly string[],
): Step<readonly Address[]> {
  const says = `${name} is ${value.map(({ address }) => address).join(", ")}`;
  return { layer: { name: "resolve", verdict: "ok", took, says, facts }, value, findings: [] };
}

function addressOf({ type, data }: NameAnswer["records"][number]): Address[] {
  if (type !== "A" && type !== "AAAA") return [];
  return [{ address: data, family: type === "A" ? 4 : 6 }];
}

async function ask(
  name: string,
  type: Asked["type"],
  server: ServerAddress,
  { timers, signal }: DiagnoseOptions,
): Promise<Asked> {
  const begun = performance.now();
  const patience = timers.resolve > 0 ? [AbortSignal.timeout(timers.resolve)] : [];
  try {
    const reply = await askName(server, { name, type }, AbortSignal.any([...patience, ...(signal ? [signal] : [])]));
    const took = since(begun);
    const records = reply.records.map((record) => `${record.name} ${record.type} ${record.data}`.trimEnd());
    return { type, took, reply, says: `${type}: ${[reply.rcode, ...records].join(", ")} (${took} ms)` };
  } catch (error) {
    signal?.throwIfAborted();
    const took = since(begun);
    const message = messageOf(error);
    if (patience.some(({ aborted }) => aborted)) {
      return { type, took, failure: "silent", says: `${type}: no reply within ${timers.resolve} ms` };
    }
    return {
      type,
      took,
      failure: error instanceof GarbledReply ? "garbled" : "unreachable",
      says: `${type}: ${message}`,
    };
  }
}

/** The A question's fate counts: it is the one that every proxy asks. */
function whyNot(name: string, asked: Asked | undefined, { timers, resolver }: DiagnoseOptions) {
  const { failure, reply, says = "" } = asked ?? {};
  const error = (sign: Sign, says: string) => ({ sign, cause: "dns_error" as const, says });
  if (failure === "silent") {
    const says = `the name server ${resolver} did not reply within ${timers.resolve} ms`;
    return { sign: "resolver-silent" as const, cause: "dns_timeout" as const, says };
  }
  if (failure === "garbled") return error("resolver-garbled", `the name server's reply cannot be read (${says})`);
  if (failure === "unreachable") return error("resolver-unreachable", `the name server cannot be asked (${says})`);
  const rcode = reply?.rcode ?? "NOERROR";
  if (rcode === "NXDOMAIN") return error("name-unknown", `${name} does not exist (NXDOMAIN)`);
  if (rcode === "SERVFAIL") return error("resolver-fails", `the name server could not find out (SERVFAIL)`);
  if (rcode === "REFUSED") return error("resolver-refuses", `the name server does not answer us (REFUSED)`);
  if (rcode !== "NOERROR") return error("resolver-fails", `the name server says ${rcode}`);
  if (reply?.records.some(({ type }) => type === "CNAME")) {
    return error("alias-leads-nowhere", `${name} is an alias, and no address is at its end`);
  }
  return error("name-without-address", `${name} exists, and has no address`);
}
