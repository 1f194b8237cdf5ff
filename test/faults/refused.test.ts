import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { afterAll, describe, expect, test } from "vitest";
import type { Fault } from "../../harness/fault.ts";
import { deadFromTheStart, refused } from "../../harness/faults/refused.ts";
import { rst } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import { holdPort } from "../../harness/net/held-port.ts";
import { closeServer, listen } from "../../harness/net/listen.ts";
import { probe } from "../../harness/net/probe.ts";
import { skipAloud } from "../skip.ts";
import { askBare, clearGrounds, openStand, type Stand } from "./stand.ts";

afterAll(clearGrounds);

const connecting = ({ host, port }: Stand) => probe({ host, port });
const acts = ({ notes }: Stand) => notes.map(({ act }) => act);

describe("a refused connect", () => {
  test("is no reset: a backend that resets has accepted first", async () => {
    await using gone = await openStand(refused());
    await using resetting = await openStand(wire(rst()));
    expect(await connecting(gone)).toBe("ECONNREFUSED");
    expect(await askBare(resetting)).toBe("ECONNRESET");
  });

  test("comes once the fault is armed, from a server that was sound before", async () => {
    await using stand = await openStand(refused(), { armed: false });
    expect(await connecting(stand)).toBe("connected");
    expect(acts(stand)).toEqual([]);
    await stand.arm();
    expect(await connecting(stand)).toBe("ECONNREFUSED");
  });

  test("comes before the fault is armed where nobody ever listened", async () => {
    await using stand = await openStand(deadFromTheStart(), { armed: false });
    expect(await connecting(stand)).toBe("ECONNREFUSED");
  });

  test.for([
    ["refused", refused],
    ["dead from the start", deadFromTheStart],
  ] as const)("is proved before the asks and after: %s", async ([, fault]) => {
    await using stand = await openStand(fault());
    await stand.prove();
    expect(acts(stand)).toEqual(["probe-refused", "probe-refused"]);
  });

  test("that is none is no proof", async () => {
    await using stand = await openStand(refused());
    const intruder = createServer();
    await listen(intruder, { host: stand.host, port: stand.port }); // who asks for the very port may have it
    try {
      await expect(stand.prove()).rejects.toThrow("wanted a refused connect, got connected");
    } finally {
      await closeServer(intruder, []);
    }
  });
});

describe("a held port", () => {
  test("is the local one of an open connection, so that the kernel gives it to nobody", async (context) => {
    if (process.platform !== "linux") return skipAloud(context, "the table of connections is read from /proc/net/tcp");
    const open = await heldBy(refused());
    expect(open.while).toBe("established");
    expect(open.afterwards).not.toBe("established");
  });

  test("is let go when the stand is closed", async () => {
    const { port, ...held } = await holdPort("127.0.0.1");
    await held[Symbol.asyncDispose]();
    await using again = await holdPort("127.0.0.1", port);
    expect(again.port).toBe(port);
  });

  test("that somebody listens on cannot be held", async () => {
    const server = createServer();
    const { port } = await listen(server, { host: "127.0.0.1" });
    try {
      await expect(holdPort("127.0.0.1", port)).rejects.toMatchObject({ code: "EADDRINUSE" });
    } finally {
      await closeServer(server, []);
    }
  });
});

async function heldBy(fault: Fault): Promise<{ while: string; afterwards: string }> {
  const stand = await openStand(fault);
  const { host, port } = stand;
  const open = await stateOf(host, port);
  await stand[Symbol.asyncDispose]();
  return { while: open, afterwards: await stateOf(host, port) };
}

/** The state of the connection whose local end this is, as the kernel lists it. */
async function stateOf(host: string, port: number): Promise<string> {
  const address = host.split(".").map((part) => Number(part).toString(16).padStart(2, "0"));
  const local = `${address.reverse().join("")}:${port.toString(16).padStart(4, "0")}`.toUpperCase();
  const rows = (await readFile("/proc/net/tcp", "latin1")).split("\n").map((row) => row.trim().split(/\s+/));
  const states = rows.filter(([, end]) => end === local).map(([, , , state]) => state);
  return states.includes("01") ? "established" : states.join(" ");
}
