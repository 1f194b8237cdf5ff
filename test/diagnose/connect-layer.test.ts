import { symlink } from "node:fs/promises";
import type { Socket } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { connectLayer } from "../../harness/diagnose/connect-layer.ts";
import { diagnose } from "../../harness/diagnose/diagnose.ts";
import type { Address } from "../../harness/diagnose/resolve-layer.ts";
import { targetOf } from "../../harness/diagnose/target.ts";
import { blackHole } from "../../harness/faults/black-hole.ts";
import { startDeafServer } from "../../harness/faults/deaf-server.ts";
import { startNameServer } from "../../harness/net/name-server.ts";
import { afterNextPoll } from "../../harness/net/next-poll.ts";
import { openProbe } from "../../harness/net/pending-probe.ts";
import { temporaryFolder } from "../../harness/net/temporary.ts";
import { defaultTimers } from "../../harness/plan.ts";
import { answering, rawServer } from "../client/raw-server.ts";
import { skipAloud } from "../skip.ts";

const options = {
  timers: { ...defaultTimers, resolve: 5_000, connect: 1_000, tls: 5_000, send: 5_000, head: 5_000, idle: 5_000 },
  trust: {},
  headLimit: 16_384,
  keepAlive: false,
  question: { method: "GET", fields: {} },
};

/** An address at which a connect to this port stays without an answer. */
async function openHole(port: number): Promise<AsyncDisposable & { readonly address: string }> {
  await using opening = new AsyncDisposableStack();
  const address = "127.0.0.3";
  const server = opening.use(await startDeafServer(address, port, Buffer.of()));
  await server.deafen();
  for (const probe of [openProbe(address, port), openProbe(address, port)]) await opening.use(probe).connected(5_000);
  const open = opening.move();
  return { address, [Symbol.asyncDispose]: () => open.disposeAsync() };
}

describe("while a slower address is waited for", () => {
  const left: Readonly<Record<string, (socket: Socket) => void>> = {
    closed: (socket) => socket.resume().end(),
    // At once it would be the connect that fails.
    reset: (socket) => afterNextPoll(() => socket.resetAndDestroy()),
  };

  test.for(Object.entries(left))("a connection that is %s is made once more", async ([, leave], context) => {
    const lack = await blackHole().missing?.();
    if (lack !== undefined) skipAloud(context, lack);
    await using server = await rawServer((socket, turn) => {
      if (turn === 1) leave(socket);
      else answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")(socket);
    });
    const port = Number(server.url.port);
    await using hole = await openHole(port);
    await using names = await startNameServer({
      address: "127.0.0.1",
      answer: ({ name, type }) => ({
        records: type === "A" ? ["127.0.0.1", hole.address].map((data) => ({ name, type: "A" as const, data })) : [],
      }),
    });
    const { findings, layers } = await diagnose(`http://app.test:${port}/`, { ...options, resolver: names.address });
    expect(findings).toMatchObject([{ sign: "some-addresses-dead", cause: "connection_timeout" }]);
    expect(layers.find(({ name }) => name === "head")).toMatchObject({ verdict: "ok", says: "HTTP/1.1 200 OK" });
    expect(server.accepted).toBe(2);
  });

  test("whoever breaks off leaves no connection behind", async (context) => {
    const lack = await blackHole().missing?.();
    if (lack !== undefined) skipAloud(context, lack);
    const interruption = new AbortController();
    const closed = Promise.withResolvers<void>();
    await using server = await rawServer((socket) => {
      socket.resume().once("close", closed.resolve);
      socket.once("end", () => socket.end());
      setImmediate(() => interruption.abort(new Error("enough")));
    });
    const port = Number(server.url.port);
    await using hole = await openHole(port);
    const addresses: Address[] = ["127.0.0.1", hole.address].map((address) => ({ address, family: 4 }));
    const { signal } = interruption;
    const looking = connectLayer(targetOf(server.url.href), addresses, { ...options, signal });
    await expect(looking).rejects.toThrow("enough");
    await closed.promise;
  });
});

test("a connect that fails through no fault of the upstream has a cause as well", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "loop.sock");
  await symlink(path, path); // ELOOP
  const { layer, findings } = await connectLayer(targetOf(`unix:${path}`), [], options);
  expect(layer).toMatchObject({ verdict: "failed", says: expect.stringContaining("ELOOP") });
  expect(findings).toMatchObject([{ sign: "not-connected", cause: "proxy_internal_error" }]);
});
