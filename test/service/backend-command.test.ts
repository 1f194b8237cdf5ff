import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { UsageError } from "../../harness/cli/usage.ts";
import { withDeadline } from "../../harness/net/deadline.ts";
import { closeServer, listen } from "../../harness/net/listen.ts";
import { typed } from "../check/checking.ts";
import { start } from "../cli/badgateway.ts";
import { isRefused } from "../proxies/asking.ts";

async function startBackend(args: readonly string[]) {
  const child = start(["backend", ...args]);
  const closed = once(child, "close");
  const url = Promise.withResolvers<URL>();
  createInterface(child.stdout).on("line", (line) => {
    const [, where] = /listens on (http:\/\/[\d.]+:\d+)/.exec(line) ?? [];
    if (where !== undefined) url.resolve(new URL(where));
  });
  return {
    url: await withDeadline(url.promise, 15_000, "The backend did not listen").catch((error) => {
      child.kill("SIGKILL");
      throw error;
    }),
    child,
    code: async () => (await withDeadline(closed, 10_000, "The backend did not end"))[0],
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await closed;
    },
  };
}

test.each(["SIGTERM", "SIGINT"] as const)("%s ends it cleanly, a request under way or not", async (signal) => {
  await using backend = await startBackend(["--listen", "127.0.0.1:0", "--tls", "0", "--quiet"]);
  const hanging = fetch(new URL("/slow/never-answers", backend.url)).catch(() => "broken off");
  expect((await fetch(new URL("/control/healthy", backend.url))).status).toBe(200);
  backend.child.kill(signal);
  expect(await backend.code()).toBe(0);
  expect(await hanging).toBe("broken off");
  expect(await isRefused(backend.url)).toBe(true);
});

test("bad input is one line, and nothing is left running", async () => {
  const taken = createServer();
  const { port } = await listen(taken, { host: "127.0.0.1" });
  for (const [args, message] of [
    [["--listen", ":9000"], "--listen: wanted an address and port such as 127.0.0.1:8080 or [::1]:8080; got “:9000”"],
    [["--tls", "99999"], "--tls: wanted a whole number from 0 to 65535; got “99999”"],
    [["--listen", `127.0.0.1:${port}`], "backend: wanted addresses that are free here; listen EADDRINUSE"],
    [
      ["--listen", "127.0.0.1:0", "--ca", "/none/ca.pem"],
      "--ca /none/ca.pem: wanted a file that can be written; ENOENT",
    ],
  ] as const) {
    const refused: unknown = await typed("backend", ...args).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UsageError);
    expect(String(refused)).toContain(message);
    expect(String(refused)).not.toContain("\n");
  }
  await closeServer(taken, []);
});
