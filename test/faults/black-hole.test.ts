import { afterAll, beforeAll, expect, test } from "vitest";
import { blackHole } from "../../harness/faults/black-hole.ts";
import { type Grounds, openGrounds } from "../../harness/lab/grounds.ts";
import { probe } from "../../harness/net/probe.ts";
import { skipAloud } from "../skip.ts";
import { meet, patienceFor } from "./bare-client.ts";
import { openFault } from "./one-fault.ts";

let grounds: Grounds;
beforeAll(async () => {
  grounds = await openGrounds();
});
afterAll(() => grounds[Symbol.asyncDispose]());

test("a black hole is sound until armed, then answers no connect, then is gone", async (context) => {
  const missing = await blackHole().missing?.();
  if (missing) return skipAloud(context, missing);
  const fault = await openFault(blackHole(), grounds);
  const { hostname: host, port } = new URL(fault.backend.url);
  try {
    expect((await meet(fault.backend.url)).received).toMatch(
      new RegExp(`^HTTP/1.1 200 OK\r\nX-Origin: ${fault.nonce}\r\n`),
    );
    expect(fault.acts()).toEqual([]);
    await fault.arm();
    expect(await meet(fault.backend.url, patienceFor("unconnected"))).toEqual({ sign: "unconnected", received: "" });
    await fault.backend.prove?.();
    expect(fault.acts()).toEqual(["queue-full", "probe-sent", "probe-unanswered"]);
  } finally {
    await fault[Symbol.asyncDispose]();
  }
  expect(await probe({ host, port: Number(port) })).toBe("ECONNREFUSED");
});
