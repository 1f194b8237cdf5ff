import { createServer } from "node:net";
import { expect, test } from "vitest";
import { blackHole } from "../../harness/faults/black-hole.ts";
import { openGrounds } from "../../harness/lab/grounds.ts";
import { accepting } from "../../harness/net/accepting.ts";
import { closeServer, freePorts, listen } from "../../harness/net/listen.ts";
import { openFault } from "../faults/one-fault.ts";
import { skipAloud } from "../skip.ts";

const { signal } = new AbortController();
const options = { deadline: 5_000, signal, givenUp: () => undefined };

test("an IPv6 address is reached though a URL puts brackets around it", async (context) => {
  const server = createServer((socket) => socket.on("error", () => {}));
  const bound = await listen(server, { host: "::1" }).catch(() => undefined);
  if (!bound) return skipAloud(context, "this machine has no IPv6 loopback address");
  await accepting(new URL(`http://[::1]:${bound.port}`), options);
  await closeServer(server, []);
});

test("there is no use in waiting for who has ended", async () => {
  const [port] = await freePorts("127.0.0.1", 1);
  const waiting = accepting(new URL(`http://127.0.0.1:${port}`), { ...options, givenUp: () => "it ended" });
  await expect(waiting).rejects.toThrow("it ended");
});

test("a connect that nobody answers is given up with the wait", async (context) => {
  const missing = await blackHole().missing?.();
  if (missing) return skipAloud(context, missing);
  await using grounds = await openGrounds();
  await using fault = await openFault(blackHole(), grounds);
  await fault.arm();
  const url = new URL(fault.backend.url);
  await expect(accepting(url, { ...options, deadline: 50 })).rejects.toThrow(
    "did not accept a connection within 50 ms",
  );
  const left = new AbortController();
  const waiting = accepting(url, { ...options, signal: left.signal });
  left.abort(new Error("nobody wants it any more"));
  await expect(waiting).rejects.toThrow("nobody wants it any more");
});
