import { Resolver } from "node:dns/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../../harness/fault.ts";
import { loadScenarios } from "../../harness/folder.ts";
import { type Grounds, openGrounds } from "../../harness/lab/grounds.ts";
import { probe } from "../../harness/net/probe.ts";
import type { Scenario } from "../../harness/scenario.ts";
import { openFault } from "./one-fault.ts";

/** What a client meets that looks the name up, IPv4 and IPv6, and then connects to each address. */
const signs: Readonly<Record<string, readonly [A: string, AAAA: string]>> = {
  "dns/alias-loop": ["nowhere", "nowhere"],
  "dns/dead-address": ["ECONNREFUSED", "ENODATA"],
  "dns/garbled": ["EBADRESP", "EBADRESP"],
  "dns/no-address": ["ENODATA", "ENODATA"],
  "dns/no-answer": ["ETIMEOUT", "ETIMEOUT"],
  "dns/nxdomain": ["ENOTFOUND", "ENOTFOUND"],
  "dns/one-dead-of-two": ["ECONNREFUSED connected", "ENODATA"],
  "dns/refused": ["EREFUSED", "EREFUSED"],
  "dns/servfail": ["ESERVFAIL", "ESERVFAIL"],
  "dns/wrong-family": ["connected", "ECONNREFUSED"],
};

let grounds: Grounds;
beforeAll(async () => {
  grounds = await openGrounds();
});
afterAll(() => grounds[Symbol.asyncDispose]());

async function lookUp(backend: Backend, type: "A" | "AAAA", patience = 5_000): Promise<string[]> {
  const resolver = new Resolver({ timeout: patience, tries: 1 });
  resolver.setServers([backend.resolver ?? "no resolver"]);
  const { hostname } = new URL(backend.url);
  return type === "A" ? resolver.resolve4(hostname) : resolver.resolve6(hostname);
}

/** Silence is seen by waiting for it; whatever else is wanted is waited for. */
async function meet(backend: Backend, type: "A" | "AAAA", wanted = ""): Promise<string> {
  try {
    const addresses = await lookUp(backend, type, wanted === "ETIMEOUT" ? 500 : 5_000);
    if (addresses.length === 0) return "nowhere"; // how Node's resolver reports an alias without an address
    const port = Number(new URL(backend.url).port);
    return (await Promise.all(addresses.map((host) => probe({ host, port })))).join(" ");
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

const scenarios = (await loadScenarios()).filter(({ id }) => id.startsWith("dns/"));

describe("a DNS fault met by a client that looks the name up", () => {
  test("is every one of the family, and the one that needs a request", () => {
    expect([...Object.keys(signs), "dns/moved"].sort()).toEqual(scenarios.map(({ id }) => id).sort());
  });

  test.for(scenarios.filter(({ id }) => id in signs))(
    "$id is sound until armed, and then shows its sign",
    async ({ id, upstreams, proof }) => {
      await using fault = await openFault(upstreams[0], grounds);
      const { backend } = fault;
      const [ipv4, ipv6] = signs[id] ?? [];
      expect([await meet(backend, "A"), await meet(backend, "AAAA")]).toEqual(["connected", "ENODATA"]);
      expect(fault.acts()).toEqual([]);
      await fault.arm();
      expect([await meet(backend, "A", ipv4), await meet(backend, "AAAA", ipv6)]).toEqual(signs[id]);
      await fault.prove();
      for (const { act } of proof) expect(fault.acts(), "what the scenario takes for its proof").toContain(act);
    },
  );
});

describe("a backend that moves", () => {
  const scenario: Scenario | undefined = scenarios.find(({ id }) => id === "dns/moved");

  test("answers the first request at its old address, the next at its new one, and nowhere else", async () => {
    await using fault = await openFault(scenario?.upstreams[0], grounds);
    const { backend } = fault;
    const { port } = new URL(backend.url);
    const ask = async (address: string) => (await fetch(`http://${address}:${port}/`)).status;
    const [before = ""] = await lookUp(backend, "A");
    expect(await ask(before), "sound").toBe(200);
    await fault.arm();
    expect(await lookUp(backend, "A")).toEqual([before]);
    expect(await ask(before)).toBe(200);
    const [after = ""] = await lookUp(backend, "A");
    expect(after).not.toBe(before);
    expect(await probe({ host: before, port: Number(port) })).toBe("ECONNREFUSED");
    expect(await ask(after)).toBe(200);
    await fault.prove();
    expect(fault.acts().filter((act) => act === "moved" || act === "probe-refused")).toEqual([
      "probe-refused",
      "moved",
      "probe-refused",
    ]);
  });
});
