import dns from "node:dns";
import { expect, test, vi } from "vitest";
import { UsageError } from "../../harness/cli/usage.ts";
import { typed } from "../check/checking.ts";

/** What is said of an address or port that is not to be had, in one line. */
async function refusal(...args: readonly string[]): Promise<string> {
  const error: unknown = await typed("backend", ...args).catch((error: unknown) => error);
  if (!(error instanceof UsageError)) throw new Error("it was not refused", { cause: error });
  expect(error.message).not.toContain("\n");
  return error.message;
}

test.each([
  [["--each", "0"], "--each: wanted a whole number from 1 to 65535; got “0”"],
  [
    ["--each", "65535"],
    /^backend: wanted addresses.*; \d\d faults want a port each from 65535 up, and 65535 is the hi/,
  ],
  [["--listen", "192.0.2.1:0"], "backend: wanted addresses that are free here; listen EADDRNOTAVAIL"],
  [["--listen", "192.0.2.1:0", "--each", "9500"], /^backend: .*; [a-z]+\/[a-z-]+ at port 9500: listen EADDRNOTAVAIL/],
  [["--listen", "192.0.2.1:0", "--tls", "0"], "backend: wanted addresses that are free here; listen EADDRNOTAVAIL"],
] as const)("backend %j is wrong usage", async (args, message) => {
  expect(await refusal("--listen", "127.0.0.1:0", ...args)).toMatch(message);
});

test("a name that nobody knows is wrong usage", async () => {
  const unknown = Object.assign(new Error("getaddrinfo ENOTFOUND nowhere.test"), { syscall: "getaddrinfo" });
  const lookup = vi.spyOn(dns, "lookup").mockImplementation(((...args: unknown[]) => {
    const done = args.at(-1) as (error: Error) => void;
    process.nextTick(done, unknown);
  }) as typeof dns.lookup);
  try {
    expect(await refusal("--listen", "nowhere.test:0")).toContain("free here; getaddrinfo ENOTFOUND nowhere.test");
    expect(lookup).toHaveBeenCalled();
  } finally {
    lookup.mockRestore();
  }
});
