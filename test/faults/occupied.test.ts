import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectionLimit } from "../../harness/faults/connection-limit.ts";
import { restarting } from "../../harness/faults/restarting.ts";
import { workers } from "../../harness/faults/workers.ts";
import { type Grounds, openGrounds } from "../../harness/lab/grounds.ts";
import { meet, patienceFor } from "./bare-client.ts";
import { openFault } from "./one-fault.ts";

let grounds: Grounds;
beforeAll(async () => {
  grounds = await openGrounds();
});
afterAll(() => grounds[Symbol.asyncDispose]());

const whole = /^HTTP\/1\.1 200 OK\r\n/;

describe("workers", () => {
  test("let a request wait when all of them are busy", async () => {
    await using fault = await openFault(workers({ count: 2, held: 2 }), grounds);
    expect((await meet(fault.backend.url)).received).toMatch(whole);
    await fault.arm();
    expect(await meet(fault.backend.url, patienceFor("silence"))).toEqual({ sign: "silence", received: "" });
    expect(fault.acts().filter((act) => act === "worker-busy")).toHaveLength(2);
    expect(fault.acts()).toContain("waiting");
  });

  test("answer when one of them is free", async () => {
    await using fault = await openFault(workers({ count: 3, held: 2 }), grounds);
    await fault.arm();
    expect((await meet(fault.backend.url)).received).toMatch(whole);
    expect(fault.acts()).not.toContain("waiting");
  });
});

test("a connection limit resets the surplus and answers the rest", async () => {
  await using fault = await openFault(connectionLimit({ most: 2, expected: 5 }), grounds);
  expect((await meet(fault.backend.url)).received).toMatch(whole);
  await fault.arm();
  const met = await Promise.all(Array.from({ length: 5 }, () => meet(fault.backend.url)));
  expect(met.map(({ sign }) => sign).sort()).toEqual(["fin", "fin", "rst", "rst", "rst"]);
  expect(met.filter(({ received }) => whole.test(received))).toHaveLength(2);
});

test("a restart refuses until the first ask has ended, then answers on the same port", async () => {
  await using fault = await openFault(restarting(), grounds);
  const { url } = fault.backend;
  expect((await meet(url)).received).toMatch(whole);
  await fault.arm();
  expect((await meet(url)).sign).toBe("ECONNREFUSED");
  fault.note("answered");
  await fault.backend.prove?.();
  expect((await meet(url)).received).toMatch(whole);
  expect(fault.acts().slice(0, 3)).toEqual(["down", "answered", "listening-again"]);
});
