import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { withDeadline } from "../../harness/net/deadline.ts";
import { temporaryFolder } from "../../harness/net/temporary.ts";
import { catalogue } from "./badgateway.ts";

const main = join(import.meta.dirname, "..", "..", "harness", "cli", "main.ts");

/**
 * Pipes the command line into a program that reads nothing and has ended before anything is written to it.
 * @param also where standard error goes: `2>&1` into the pipe as well
 * @returns the exit code of the command line
 */
async function intoNothing(args: readonly string[], also: "2>&1" | "2>/dev/null"): Promise<number> {
  const piped = `{ { "$@" ${also}; echo $? >&3; } | true; } 3>&1`;
  const child = spawn("sh", ["-c", piped, "sh", process.execPath, main, ...args], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = Promise.all([text(child.stdout), once(child, "close")]);
  try {
    const [code] = await withDeadline(ended, 15_000, "The command did not end");
    return Number(code);
  } finally {
    child.kill("SIGKILL");
  }
}

const run = ["run", ...catalogue, "--proxy", "gateway"];

describe.each(["2>&1", "2>/dev/null"] as const)("whoever reads has gone (%s)", (also) => {
  test("a run ends with its own code, and its reports are written", async () => {
    await using folder = await temporaryFolder();
    const reports = ["--reporter", "json", "--out", folder.path];
    expect(await intoNothing([...run, "wrong/claim", ...reports], also)).toBe(1);
    expect(await readdir(folder.path)).toEqual(["report.json"]);
  });

  test("wrong usage is wrong usage", async () => {
    expect(await intoNothing(["run", "--seed", "none"], also)).toBe(2);
  });

  test.each([["gateway", "--upstream", "http://127.0.0.1:1"], ["backend"]])(
    "%s, which serves for the sake of its log, ends",
    async (...command) => {
      expect(await intoNothing([...command, "--listen", "127.0.0.1:0"], also)).toBe(0);
    },
  );
});
