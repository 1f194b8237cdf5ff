import { createServer } from "node:net";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { abruptRestart } from "../../harness/faults/abrupt-restart.ts";
import { unwell, well } from "../../harness/faults/checked.ts";
import { drainedRestart } from "../../harness/faults/drained-restart.ts";
import { flapping } from "../../harness/faults/flapping.ts";
import { warming } from "../../harness/faults/warming.ts";
import { closeServer, listen } from "../../harness/net/listen.ts";
import { probe } from "../../harness/net/probe.ts";
import { askBare, clearGrounds, dial, get, openStand, type Stand } from "./stand.ts";

// Only the clock that checks are told apart by: what is waited for comes when it comes.
beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterAll(async () => {
  vi.useRealTimers();
  await clearGrounds();
});

const checkAtOnce = (stand: Stand) => askBare(stand, "/health");
const check = (stand: Stand) => {
  vi.advanceTimersByTime(50);
  return checkAtOnce(stand);
};
const ask = (stand: Stand) => askBare(stand);
const acts = (stand: Stand) => stand.notes.map(({ act }) => act);

describe("a server with a health check", () => {
  test("is well until it is armed", async () => {
    await using stand = await openStand(unwell("/health", "sick"), { armed: false });
    expect(await check(stand)).toBe("200");
    expect(stand.notes).toEqual([]);
  });

  test("ends no connection when it is armed, so that a check under way does not fail for it", async () => {
    await using stand = await openStand(unwell("/health", "sick"), { armed: false });
    const [underWay, idle] = [await dial(stand), await dial(stand)];
    underWay.socket.write("GET /health HTTP/1.1\r\nHost: backend.test\r\nContent-Length: 1\r\n");
    await stand.arm();
    underWay.socket.end("\r\n1");
    idle.socket.end(get);
    expect([await underWay.ending(), await idle.ending()]).toEqual(["fin", "fin"]);
    expect(underWay.text).toMatch(/^HTTP\/1\.1 503 /);
    expect(idle.text).toMatch(/^HTTP\/1\.1 200 /);
    // Connections from before are heard all the same.
    expect(acts(stand)).toEqual(expect.arrayContaining(["check-failed", "request-read"]));
    expect(stand.connections.map(({ received }) => received.first)).toContain(get);
    for (const { socket } of [underWay, idle]) socket.destroy();
  });

  test("fails its check and answers requests when it is sick", async () => {
    await using stand = await openStand(unwell("/health", "sick"));
    expect(await check(stand)).toBe("503");
    expect(await ask(stand)).toBe("200");
    expect(await check(stand)).toBe("503");
    expect(acts(stand)).not.toContain("seen-sick");
    expect(await check(stand)).toBe("503");
    expect(acts(stand)).toContain("seen-sick");
  });

  test("takes checks that come at once for one: they know nothing of each other", async () => {
    await using stand = await openStand(unwell("/health", "sick"));
    for (let times = 0; times < 5; times++) await checkAtOnce(stand);
    expect(await check(stand)).toBe("503");
    expect(acts(stand)).not.toContain("seen-sick");
    expect(acts(stand).filter((act) => act === "check-failed")).toHaveLength(6);
    expect(await check(stand)).toBe("503");
    expect(acts(stand)).toContain("seen-sick");
  });

  test("is left well where it is the sound one, and a check of it is no request", async () => {
    await using stand = await openStand(well("/health"));
    expect([await check(stand), await ask(stand), await check(stand)]).toEqual(["200", "200", "200"]);
    expect(acts(stand).filter((act) => act.startsWith("request") || act.startsWith("check"))).toEqual(["request-read"]);
  });

  test("resets checks and requests when it is dead", async () => {
    await using stand = await openStand(unwell("/health", "dead"));
    const ends = [await check(stand), await ask(stand), await check(stand), await check(stand)];
    expect(ends).toEqual(Array(4).fill("ECONNRESET"));
    expect(acts(stand)).toContain("seen-dead");
  });
});

describe("a flapping server", () => {
  /** Up for so many requests, down for so many checks. */
  async function cycle(stand: Stand): Promise<[up: number, down: number]> {
    let [up, down] = [0, 0];
    while ((await ask(stand)) === "200") up += 1;
    while ((await check(stand)) === "ECONNRESET") down += 1;
    return [up, down];
  }

  async function cycles(seed: number): Promise<readonly [number, number][]> {
    await using stand = await openStand(flapping("/health", { up: [2, 9], down: [1, 4] }), { seed });
    return [await cycle(stand), await cycle(stand), await cycle(stand)];
  }

  test("keeps to its bounds, and to its seed", async () => {
    const first = await cycles(3);
    for (const [up, down] of first) {
      expect(up).toBeGreaterThanOrEqual(2);
      expect(up).toBeLessThanOrEqual(9);
      expect(down).toBeGreaterThanOrEqual(1);
      expect(down).toBeLessThanOrEqual(4);
    }
    expect(await cycles(3)).toEqual(first);
    expect(await cycles(4)).not.toEqual(first);
  });

  test("stays up for its checks, and down for its requests", async () => {
    await using stand = await openStand(flapping("/health", { up: [1, 1], down: [2, 2] }));
    expect([await check(stand), await check(stand), await ask(stand)]).toEqual(["200", "200", "200"]);
    expect([await ask(stand), await ask(stand)]).toEqual(["ECONNRESET", "ECONNRESET"]);
    expect([await check(stand), await check(stand)]).toEqual(["ECONNRESET", "ECONNRESET"]);
    expect([await check(stand), await ask(stand)]).toEqual(["200", "200"]);
  });
});

test("a server that warms up takes a request, and answers it once it is ready", async () => {
  await using stand = await openStand(warming("/health"));
  const waiting = await dial(stand);
  waiting.socket.write(get);
  await stand.noted("request-waits");
  expect(await check(stand)).toBe("503");
  expect(waiting.text).toBe("");
  stand.note("answered");
  await stand.noted("request-read");
  expect([await check(stand), await ask(stand)]).toEqual(["200", "200"]);
  waiting.socket.end();
  expect(await waiting.ending()).toBe("fin");
  expect(waiting.text).toMatch(/^HTTP\/1\.1 200 /);
  waiting.socket.destroy();
});

test("an abrupt restart breaks off a request, refuses connects, and is over at the same port", async () => {
  await using stand = await openStand(abruptRestart("/health", { request: 2, answered: 3 }));
  expect(await ask(stand)).toBe("200");
  expect(await ask(stand)).toBe("fin");
  await stand.noted("probe-refused");
  expect(await probe(stand)).toBe("ECONNREFUSED");
  stand.note("answered");
  stand.note("answered");
  expect(await probe(stand)).toBe("ECONNREFUSED");
  stand.note("answered");
  await stand.noted("restarted");
  expect(await ask(stand)).toBe("200");
  await stand.prove();
});

test("an abrupt restart that never ends is no proof", { timeout: 4_000 }, async () => {
  await using stand = await openStand(abruptRestart("/health", { request: 1, answered: 1 }));
  expect(await ask(stand)).toBe("fin");
  await expect(stand.prove()).rejects.toThrow("The server was not back from its restart within 2000 ms");
});

test("a server that is closed in the middle of its restart leaves neither its port held nor a listener", async () => {
  const stand = await openStand(abruptRestart("/health", { request: 1, answered: 1 }));
  expect(await ask(stand)).toBe("fin");
  await stand.noted("probe-refused");
  await stand[Symbol.asyncDispose]();
  const again = createServer();
  await listen(again, { host: stand.host, port: stand.port });
  await closeServer(again, []);
  stand.note("answered");
  await expect(stand.prove()).rejects.toThrow("the server was closed in the middle of its restart");
  expect(await probe(stand)).toBe("ECONNREFUSED");
});

describe("a drained restart", () => {
  test("answers what it has in hand once the check is seen, then restarts, and is back when that is seen", async () => {
    await using stand = await openStand(drainedRestart("/health", { turn: 1 }));
    expect(await check(stand)).toBe("200");
    const inHand = ask(stand);
    await stand.noted("draining");
    expect([await ask(stand), await check(stand), await check(stand)]).toEqual(["200", "503", "503"]);
    expect(acts(stand)).not.toContain("probe-refused");
    expect(await check(stand)).toBe("503");
    expect(await inHand).toBe("200");
    await stand.noted("restarted");
    expect(acts(stand)).toContain("probe-refused");
    expect(await ask(stand)).toBe("200");
    expect([await check(stand), await check(stand), await check(stand)]).toEqual(["200", "200", "200"]);
    await stand.noted("back");
    await stand.prove();
  });

  test("waits for its turn", async () => {
    await using stand = await openStand(drainedRestart("/health", { turn: 2 }));
    expect([await ask(stand), await check(stand)]).toEqual(["200", "200"]);
    expect(acts(stand)).not.toContain("draining");
    stand.note("back");
    const inHand = ask(stand);
    await stand.noted("draining");
    expect([await check(stand), await check(stand), await check(stand)]).toEqual(["503", "503", "503"]);
    expect(await inHand).toBe("200");
  });
});
