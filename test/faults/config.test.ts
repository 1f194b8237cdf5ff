import { afterAll, beforeAll, expect, test } from "vitest";
import { loop } from "../../harness/faults/loop.ts";
import { socketForbidden } from "../../harness/faults/unix-socket.ts";
import { tlsToldAsPlain } from "../../harness/faults/wrong-scheme.ts";
import { type Grounds, openGrounds } from "../../harness/lab/grounds.ts";
import { probe } from "../../harness/net/probe.ts";
import { skipAloud } from "../skip.ts";
import { meet } from "./bare-client.ts";
import { openFault } from "./one-fault.ts";

let grounds: Grounds;
beforeAll(async () => {
  grounds = await openGrounds();
});
afterAll(() => grounds[Symbol.asyncDispose]());

test("a loop is sound until armed, then sends a request round and round, and gives up by itself", async () => {
  await using fault = await openFault(loop(3), grounds);
  const { url } = fault.backend;
  expect((await meet(url)).received).toMatch(new RegExp(`^HTTP/1.1 200 OK\r\nX-Origin: ${fault.nonce}\r\n`));
  expect(fault.acts()).toEqual([]);
  await fault.backend.arm(new URL(url)); // a proxy that adds nothing and notices nothing is none at all
  expect((await meet(url)).received).toMatch(new RegExp(`^HTTP/1.1 508 Loop Detected\r\nX-Origin: ${fault.nonce}\r\n`));
  expect(fault.acts()).toEqual(["round", "round", "round", "gave-up"]);
});

test("a TLS backend told as http:// is sound until armed, then ends without a byte", async () => {
  await using fault = await openFault(tlsToldAsPlain(), grounds);
  expect((await meet(fault.backend.url)).received).toContain(fault.nonce);
  await fault.arm();
  expect(await meet(fault.backend.url)).toEqual({ sign: "fin", received: "" });
  expect(fault.acts()).toEqual(["accepted", "handshake-failed"]);
});

test("a forbidden socket is open until armed, then fails with EACCES", async (context) => {
  const missing = await socketForbidden().missing?.();
  if (missing) return skipAloud(context, missing);
  await using fault = await openFault(socketForbidden(), grounds);
  const path = fault.backend.url.slice("unix:".length);
  expect(await probe({ path })).toBe("connected");
  await fault.arm();
  expect(await probe({ path })).toBe("EACCES");
  await fault.backend.prove?.();
  expect(fault.acts()).toEqual(["probe-denied", "probe-denied"]);
});
