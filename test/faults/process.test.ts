import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describedBody } from "../../harness/body.ts";
import type { Fault } from "../../harness/fault.ts";
import { descriptorsQueued } from "../../harness/faults/descriptors-queued.ts";
import { busy } from "../../harness/faults/process-busy.ts";
import { diesMidBody } from "../../harness/faults/process-dies-mid-body.ts";
import { frozen } from "../../harness/faults/process-frozen.ts";
import { killedWhileHandling } from "../../harness/faults/process-killed.ts";
import { outOfDescriptors } from "../../harness/faults/process-out-of-descriptors.ts";
import { outOfMemory } from "../../harness/faults/process-out-of-memory.ts";
import { throwsInCallback, throwsInHandler } from "../../harness/faults/process-throws.ts";
import { type Grounds, openGrounds } from "../../harness/lab/grounds.ts";
import { openScene } from "../../harness/lab/scene.ts";
import { closeServer, listen } from "../../harness/net/listen.ts";
import { probe } from "../../harness/net/probe.ts";
import { defaultTimers } from "../../harness/plan.ts";
import { childrenOf, isAlive, psMissing } from "../net/fixtures/processes.ts";
import { skipAloud } from "../skip.ts";
import { meet, patienceFor, stillnessFor } from "./bare-client.ts";
import { openFault, openShared } from "./one-fault.ts";

let grounds: Grounds;
beforeAll(async () => {
  grounds = await openGrounds();
});
afterAll(() => grounds[Symbol.asyncDispose]());

interface Row {
  readonly fault: () => Fault;
  /** What may end the connection: the kernel resets one that a process leaves with bytes unread. */
  readonly sign: string | readonly string[];
  readonly received: RegExp;
  /** What stands on the timeline afterwards, in any order: pipes and sockets do not wait for each other. */
  readonly acts: readonly string[];
  /** How the process ended by itself or by us; unset where it lives on. */
  readonly exit?: string;
}

const nothing = /^$/;
const whole = /^HTTP\/1\.1 200 OK\r\n/;

const rows: Readonly<Record<string, Row>> = {
  killedWhileHandling: {
    fault: () => killedWhileHandling(),
    sign: "fin",
    received: nothing,
    acts: ["armed", "handling", "child-killed", "child-exited"],
    exit: "SIGKILL",
  },
  throwsInCallback: {
    fault: () => throwsInCallback(),
    sign: "fin",
    received: nothing,
    acts: ["armed", "handling", "uncaught-exception", "child-exited"],
    exit: "code 1",
  },
  throwsInHandler: {
    fault: () => throwsInHandler(),
    sign: "kept",
    received: /^HTTP\/1\.1 500 /,
    acts: ["armed", "handling"],
  },
  diesMidBody: {
    fault: () => diesMidBody(),
    sign: "fin",
    received: /^HTTP\/1\.1 200 OK\r\n(?:[^\r]+\r\n)*Content-Length: 100\r\n(?:[^\r]+\r\n)*\r\n[0-9a-f]{8} 100 /,
    acts: ["armed", "handling", "half-sent", "pausing", "child-killed", "child-exited"],
    exit: "SIGKILL",
  },
  frozen: {
    fault: () => frozen(),
    sign: "silence",
    received: nothing,
    acts: ["armed", "frozen", "probe-accepted", "probe-unanswered"],
  },
  busy: {
    fault: () => busy(),
    sign: "silence",
    received: nothing,
    acts: ["armed", "handling", "still-computing", "child-killed", "child-exited"],
    exit: "SIGKILL",
  },
  "outOfMemory, limit below the need": {
    fault: () => outOfMemory({ heap: 16, needed: 32 }),
    sign: "fin",
    received: nothing,
    acts: ["armed", "handling", "heap-exhausted", "child-exited"],
    exit: "SIGABRT",
  },
  "outOfMemory, limit above the need": {
    fault: () => outOfMemory({ heap: 256, needed: 32 }),
    sign: "kept",
    received: whole,
    acts: ["armed", "handling", "hoarded"],
  },
  "outOfDescriptors, limit below the need": {
    fault: () => outOfDescriptors({ limit: 64, needed: 100 }),
    sign: ["fin", "rst"],
    received: nothing,
    acts: ["emfile", "armed", "probe-closed", "probe-closed"],
  },
  "outOfDescriptors, limit above the need": {
    fault: () => outOfDescriptors({ limit: 1024, needed: 100 }),
    sign: "kept",
    received: whole,
    acts: ["opened", "armed", "handling", "probe-answered", "handling", "handling", "probe-answered"],
  },
  descriptorsQueued: {
    fault: () => descriptorsQueued(),
    sign: "silence",
    received: nothing,
    acts: ["emfile", "probe-accepted", "accept-failed", "probe-unanswered"],
  },
};

describe.for(Object.entries(rows))("%s", ([, row]) => {
  test("is sound until armed, then shows its sign, then is gone", async (context) => {
    const missing = (await row.fault().missing?.()) ?? (await psMissing());
    if (missing !== undefined) return skipAloud(context, missing);
    // By their numbers, not by their order: the kernel begins anew with small ones some time.
    const before = new Set(childrenOf(process.pid).map(({ pid }) => pid));
    const fault = await openFault(row.fault(), grounds);
    const { backend, nonce } = fault;
    const child = childrenOf(process.pid).find(({ pid }) => !before.has(pid));
    try {
      const sound = await meet(backend.url);
      expect(sound.received).toMatch(whole);
      expect(sound.received).toMatch(new RegExp(`^X-Origin: ${nonce}\r$`, "im"));
      expect(sound.received.endsWith(`\r\n\r\n${describedBody(nonce, 100)}`)).toBe(true);
      expect(fault.acts()).toEqual([]);

      await fault.arm();
      const { sign, received } = await meet(backend.url, patienceFor(row.sign), "/", stillnessFor(row.sign));
      expect([row.sign].flat()).toContain(sign);
      expect(received).toMatch(row.received);
      await backend.prove?.();
      await expect.poll(() => fault.acts().sort()).toEqual([...row.acts].sort());
      expect(fault.detail("child-exited")).toBe(row.exit);
    } finally {
      await fault[Symbol.asyncDispose]();
    }
    const { hostname, port } = new URL(backend.url);
    expect(await probe({ host: hostname, port: Number(port) })).toBe("ECONNREFUSED");
    expect(child && isAlive(child.pid)).toBe(false);
  });
});

describe.for(Object.entries(rows).filter(([, { fault }]) => fault().openAll))("%s, behind two proxies", ([, row]) => {
  test("shows its sign to both when both have asked, and each notes what is its own", async () => {
    const [one, other] = await openShared(row.fault(), grounds);
    await using _one = one;
    await using _other = other;
    await Promise.all([one.arm(), other.arm()]);
    const met = await Promise.all(
      [one, other].map(({ backend }, site) =>
        meet(backend.url, patienceFor(row.sign), `/${site}`, stillnessFor(row.sign)),
      ),
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

test.for([
  ["an application", () => killedWhileHandling()],
  ["the server that queues", () => descriptorsQueued()],
] as const)(
  "%s that cannot listen where it is told is not opened, and leaves no process",
  async ([, make], context) => {
    const fault: Fault = make();
    const missing = (await fault.missing?.()) ?? (await psMissing());
    if (missing !== undefined) return skipAloud(context, missing);
    const before = new Set(childrenOf(process.pid).map(({ pid }) => pid));
    const occupant = createServer();
    try {
      const { address, port } = await listen(occupant, { host: "127.0.0.1" });
      const options = { grounds, timers: defaultTimers, seed: 1, places: [{ address, port }] };
      await expect(openScene({ upstreams: [fault] }, options)).rejects.toThrow(/in use/);
      expect(childrenOf(process.pid).filter(({ pid }) => !before.has(pid))).toEqual([]);
    } finally {
      await closeServer(occupant, []);
    }
  },
);

test("a busy process is nobody's in common", () => {
  expect(busy().openAll).toBeUndefined();
});

test("a busy process lets an innocent request wait behind the one that it computes for", async () => {
  await using fault = await openFault(busy(), grounds);
  await fault.arm();
  const guilty = meet(fault.backend.url, 300);
  await fault.noted("handling");
  expect(await meet(fault.backend.url, 200, "/innocent")).toEqual({ sign: "silence", received: "" });
  expect(await guilty).toEqual({ sign: "silence", received: "" });
  expect(fault.acts().filter((act) => act === "handling")).toHaveLength(1);
});

test("a busy process that has finished too early is no proof", async () => {
  await using fault = await openFault(busy(20), grounds);
  await fault.arm();
  expect((await meet(fault.backend.url)).received).toMatch(whole);
  await expect(fault.backend.prove?.()).rejects.toThrow(
    "wanted the application to compute for as long as it was asked",
  );
});

test("half a body is the first half", async () => {
  await using fault = await openFault(diesMidBody(), grounds);
  await fault.arm();
  const { received } = await meet(fault.backend.url);
  expect(received.split("\r\n\r\n")[1]).toBe(describedBody(fault.nonce, 100).toString("latin1", 0, 50));
});
