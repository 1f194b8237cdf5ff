import { promises as dns } from "node:dns";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { describedBody } from "../../harness/body.ts";
import type { Fault } from "../../harness/fault.ts";
import { containerDisconnected } from "../../harness/faults/container-disconnected.ts";
import { containerKilled } from "../../harness/faults/container-killed.ts";
import { containerNameGone } from "../../harness/faults/container-name.ts";
import { containerOutOfDescriptors } from "../../harness/faults/container-out-of-descriptors.ts";
import { containerOutOfMemory } from "../../harness/faults/container-out-of-memory.ts";
import { containerPaused } from "../../harness/faults/container-paused.ts";
import { containerRestarted } from "../../harness/faults/container-restarted.ts";
import { containerMissing } from "../../harness/faults/container-site.ts";
import { type Grounds, openGrounds } from "../../harness/lab/grounds.ts";
import { startChild } from "../../harness/net/child.ts";
import { openEngine } from "../../harness/net/container-client.ts";
import { holdNetwork } from "../../harness/net/container-network.ts";
import { probe } from "../../harness/net/probe.ts";
import { skipAloud } from "../skip.ts";
import { meet, patienceFor, stillnessFor, unhurried } from "./bare-client.ts";
import { openFault, openShared } from "./one-fault.ts";

// The first start of a container builds its image.
vi.setConfig({ testTimeout: 60_000 });

let grounds: Grounds;
let missing: string | undefined;
beforeAll(async () => {
  grounds = await openGrounds();
  missing = await containerMissing();
});
afterAll(() => grounds[Symbol.asyncDispose]());

interface Row {
  readonly fault: () => Fault;
  /** What may end the connection: the kernel resets one that a process leaves with bytes unread. */
  readonly sign: string | readonly string[];
  readonly received: RegExp;
  /** What stands on the timeline afterwards, in any order: pipes, sockets and the engine do not wait for each other. */
  readonly acts: readonly string[];
  /** Milliseconds; longer where the engine has to act meanwhile, on a machine that others use too. */
  readonly patience?: number;
  /** What the engine says of the container that has ended. */
  readonly exited?: RegExp;
}

const nothing = /^$/;
const whole = /^HTTP\/1\.1 200 OK\r\n/;

const rows: Readonly<Record<string, Row>> = {
  containerKilled: {
    fault: () => containerKilled(),
    sign: "fin",
    received: nothing,
    acts: ["armed", "handling", "container-killed", "container-exited", "answered"],
    exited: /^[0-9a-f]{12}: exit code 137, OOMKilled false$/,
  },
  "containerOutOfMemory, limit below the need": {
    fault: () => containerOutOfMemory({ limit: 64, needed: 64 }),
    sign: "fin",
    received: nothing,
    acts: ["armed", "handling", "oom-killed", "container-exited", "answered"],
    exited: /^[0-9a-f]{12}: exit code 137, OOMKilled true$/,
  },
  "containerOutOfMemory, limit above the need": {
    fault: () => containerOutOfMemory({ limit: 256, needed: 64 }),
    sign: "kept",
    received: whole,
    acts: ["armed", "handling", "hoarded", "answered"],
  },
  containerPaused: {
    fault: () => containerPaused(),
    sign: "silence",
    received: nothing,
    acts: ["armed", "paused", "probe-accepted", "answered", "probe-unanswered"],
  },
  containerDisconnected: {
    fault: () => containerDisconnected(),
    patience: unhurried,
    sign: "silence",
    received: nothing,
    acts: ["armed", "handling", "disconnected", "answer-sent", "answered"],
  },
  "containerOutOfDescriptors, limit below the need": {
    fault: () => containerOutOfDescriptors({ limit: 64, needed: 100 }),
    sign: ["fin", "rst"],
    received: nothing,
    acts: ["emfile", "armed", "probe-closed", "answered", "probe-closed"],
  },
  "containerOutOfDescriptors, limit above the need": {
    fault: () => containerOutOfDescriptors({ limit: 1024, needed: 100 }),
    sign: "kept",
    received: whole,
    acts: ["opened", "armed", "handling", "probe-answered", "handling", "answered", "handling", "probe-answered"],
  },
  containerRestarted: {
    fault: () => containerRestarted(),
    sign: "unconnected",
    received: nothing,
    acts: ["armed", "container-killed", "container-exited", "answered", "restarted"],
    exited: /^[0-9a-f]{12}: exit code 137, OOMKilled false$/,
  },
};

/** Of the engine's networks. Nobody must connect to an address whose network is gone: it would be looked for outside. */
async function subnets(): Promise<string[]> {
  const networks = await (await openEngine()).listNetworks();
  return networks.flatMap(({ IPAM }) => IPAM?.Config?.flatMap(({ Subnet }) => Subnet ?? []) ?? []);
}

describe.for(Object.entries(rows))("%s", ([, row]) => {
  test("is sound until armed, then shows its sign, then is gone", async (context) => {
    if (missing !== undefined) skipAloud(context, missing);
    const fault = await openFault(row.fault(), grounds);
    const { backend, nonce } = fault;
    try {
      const sound = await meet(backend.url);
      expect(sound.received).toMatch(whole);
      expect(sound.received).toMatch(new RegExp(`^X-Origin: ${nonce}\r$`, "im"));
      expect(sound.received.endsWith(`\r\n\r\n${describedBody(nonce, 100)}`)).toBe(true);
      expect(fault.acts()).toEqual([]);

      await fault.arm();
      const { sign, received } = await meet(
        backend.url,
        row.patience ?? patienceFor(row.sign),
        "/",
        stillnessFor(row.sign),
      );
      expect([row.sign].flat()).toContain(sign);
      expect(received).toMatch(row.received);
      fault.note("answered");
      await backend.prove?.();
      await expect.poll(() => fault.acts().sort()).toEqual([...row.acts].sort());
      if (row.exited) expect(fault.detail("container-exited")).toMatch(row.exited);
    } finally {
      await fault[Symbol.asyncDispose]();
    }
    const { hostname, port } = new URL(backend.url);
    if (hostname.startsWith("127.")) expect(await probe({ host: hostname, port: Number(port) })).toBe("ECONNREFUSED");
    else expect(await subnets()).not.toContain(hostname.replace(/\d+$/, "0/24"));
  });
});

test("a restarted container answers at the address that it had", async (context) => {
  if (missing !== undefined) skipAloud(context, missing);
  await using fault = await openFault(containerRestarted(), grounds);
  await fault.arm();
  fault.note("answered");
  await fault.noted("restarted");
  expect((await meet(fault.backend.url)).received).toMatch(whole);
});

describe.for(Object.entries(rows))("%s, behind two proxies", ([, row]) => {
  test("shows its sign to both when both have asked, and each notes what is its own", async (context) => {
    if (missing !== undefined) skipAloud(context, missing);
    const [one, other] = await openShared(row.fault(), grounds);
    await using _one = one;
    await using _other = other;
    await Promise.all([one.arm(), other.arm()]);
    const met = await Promise.all(
      [one, other].map(async (fault, site) => {
        const patience = row.patience ?? patienceFor(row.sign);
        const meeting = await meet(fault.backend.url, patience, `/${site}`, stillnessFor(row.sign));
        fault.note("answered");
        return meeting;
      }),
    );
    await Promise.all([one.prove(), other.prove()]);
    for (const [site, fault] of [one, other].entries()) {
      expect([row.sign].flat()).toContain(met[site]?.sign);
      await expect.poll(() => fault.acts().sort()).toEqual([...row.acts].sort());
      const asked = fault.notes.filter(({ act, detail }) => act === "handling" && detail !== "GET /");
      for (const { detail } of asked) expect(detail).toBe(`GET /${site}`);
    }
  });
});

test("a network that goes when the exchange is over is no proof", async (context) => {
  if (missing !== undefined) skipAloud(context, missing);
  await using fault = await openFault(containerDisconnected(), grounds);
  await fault.arm();
  const met = meet(fault.backend.url, patienceFor("silence"));
  await fault.noted("handling");
  fault.note("answered");
  await expect(fault.backend.prove?.()).rejects.toThrow(
    "the exchange ended before the engine had taken the network away",
  );
  await met;
});

describe("containerNameGone", () => {
  const lookUp = (server: string | undefined, url: string) => {
    const resolver = new dns.Resolver({ tries: 1, timeout: 2_000 });
    resolver.setServers([server ?? ""]);
    return resolver.resolve4(new URL(url).hostname);
  };

  test("resolves until armed, then does not, and every question is noted", async (context) => {
    if (missing !== undefined) skipAloud(context, missing);
    await using fault = await openFault(containerNameGone(), grounds);
    const { url, resolver } = fault.backend;
    const [address] = await lookUp(resolver, url);
    expect((await meet(`http://${address}:${new URL(url).port}`)).received).toMatch(whole);
    expect(fault.acts()).toEqual([]);

    await fault.arm();
    await expect(lookUp(resolver, url)).rejects.toMatchObject({ code: "ENOTFOUND" });
    await fault.noted("query");
    expect(fault.detail("query")).toBe(`A ${new URL(url).hostname}, udp`);
    await fault.backend.prove?.();
    expect(fault.acts().filter((act) => act !== "query")).toEqual([
      "container-killed",
      "container-exited",
      "unresolved",
      "unresolved",
    ]);
  });
});

test("of names that two proxies share one container by, each notes the questions for its own", async (context) => {
  if (missing !== undefined) skipAloud(context, missing);
  const [one, other] = await openShared(containerNameGone(), grounds);
  await using _one = one;
  await using _other = other;
  await Promise.all([one.arm(), other.arm()]);
  const { hostname } = new URL(other.backend.url);
  expect(new URL(one.backend.url).hostname).not.toBe(hostname);
  const resolver = new dns.Resolver({ tries: 1, timeout: 2_000 });
  resolver.setServers([other.backend.resolver ?? ""]);
  await expect(resolver.resolve4(hostname)).rejects.toMatchObject({ code: "ENOTFOUND" });
  await Promise.all([one.prove(), other.prove()]);
  expect(other.detail("query")).toBe(`A ${hostname}, udp`);
  expect(one.acts()).toEqual(["container-killed", "container-exited", "unresolved", "unresolved"]);
});

test("no container and no network outlives us, even if we are killed", async (context) => {
  if (missing !== undefined) skipAloud(context, missing);
  const here = (path: string) => JSON.stringify(import.meta.resolve(`../../harness/${path}`));
  const script = `
    const { containerSite } = await import(${here("faults/container-site.ts")});
    const { holdNetwork } = await import(${here("net/container-network.ts")});
    const { startContainerProgram } = await import(${here("net/container-program.ts")});
    const { name, freshAddress } = await holdNetwork();
    const { container } = await startContainerProgram({
      ...(await containerSite(new AbortController().signal)),
      command: ["--eval", "setInterval(() => {}, 60_000)"],
      network: { name, address: freshAddress() },
      onLine() {},
    });
    console.log(JSON.stringify([container.id, name]));
  `;
  await using child = await startChild(process.execPath, ["--input-type=module", "--eval", script]);
  const [container, network]: [string, string] = await child.heard(
    (line) => (line.startsWith("[") ? JSON.parse(line) : undefined),
    30_000,
    "no container was started",
  );
  const engine = await openEngine();
  const left = async () => [
    ...(await engine.listContainers({ all: true, filters: { id: [container] } })).map(({ Id }) => Id),
    ...(await engine.listNetworks({ filters: { name: [network] } })).map(({ Name }) => Name),
  ];
  expect(await left()).toEqual([container, network]);
  child.kill("SIGKILL");
  await expect.poll(left, { timeout: 10_000 }).toEqual([]);
});

test("those who hold the network at the same time share it, and the last one removes it", async (context) => {
  if (missing !== undefined) skipAloud(context, missing);
  const [one, other] = await Promise.all([holdNetwork(), holdNetwork()]);
  expect(other.name).toBe(one.name);
  expect(other.freshAddress()).not.toBe(one.freshAddress());
  const engine = await openEngine();
  const there = async () => (await engine.listNetworks({ filters: { name: [one.name] } })).length;
  await one[Symbol.asyncDispose]();
  expect(await there()).toBe(1);
  await other[Symbol.asyncDispose]();
  expect(await there()).toBe(0);
});

describe("without an engine", () => {
  afterEach(() => vi.unstubAllEnvs());

  test("every fault says so, with the command that supplies one", async () => {
    vi.stubEnv("DOCKER_HOST", "unix:///nowhere/docker.sock");
    for (const fault of [...Object.values(rows).map((row) => row.fault()), containerNameGone()])
      expect(await fault.missing?.()).toMatch(/no container engine answers .*apt-get install docker\.io/);
  });
});
