import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { withDeadline } from "../../harness/net/deadline.ts";
import { temporaryFolder } from "../../harness/net/temporary.ts";
import nginx from "../../harness/proxies/nginx/driver.ts";
import { start } from "../cli/badgateway.ts";
import { processesWith } from "../proxies/leftovers.ts";
import { skipAloud } from "../skip.ts";
import { shop } from "./checking.ts";

test("Ctrl-C in the middle of a check closes everything: their proxy, our backends, the folder", async (context) => {
  const missing = await nginx[0].missing();
  if (missing !== undefined) skipAloud(context, missing);
  await using folder = await temporaryFolder();
  const args = [
    "--outcomes",
    join(folder.path, "o.json"),
    "--patience",
    "60s",
    "control/own-502",
    "slow/never-answers",
  ];
  const child = start(["check", "--config", join(shop, "nginx.conf"), ...args], { TMPDIR: folder.path });
  const closed = once(child, "close");
  const lines: string[] = [];
  const underWay = Promise.withResolvers<void>();
  createInterface(child.stderr).on("line", (line) => {
    lines.push(line);
    if (/control on nginx/.test(line)) underWay.resolve();
  });
  child.stdout.resume();
  try {
    await withDeadline(underWay.promise, 15_000, "The check did not get to its slow part");
    expect((await processesWith(folder.path)).length).toBeGreaterThan(0);
    child.kill("SIGINT");
    expect((await withDeadline(closed, 10_000, "It did not end"))[0]).toBe(130);
    expect(lines.at(-1)).toBe("badgateway: interrupted by SIGINT; everything is closed");
    expect(await processesWith(folder.path)).toEqual([]);
    expect(await readdir(folder.path)).toEqual([]);
  } finally {
    child.kill("SIGKILL");
    await closed;
  }
});
