import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UsageError } from "../../harness/cli/usage.ts";
import { type TemporaryFolder, temporaryFolder } from "../../harness/net/temporary.ts";
import { UnknownName } from "../../harness/select/unknown-name.ts";
import { check, shop } from "./checking.ts";

const url = "http://127.0.0.1:1";
const nginx = join(shop, "nginx.conf");
let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder[Symbol.asyncDispose]());

async function refusal(...args: readonly string[]): Promise<string> {
  const error: unknown = await check(...args).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(error instanceof UsageError || error instanceof UnknownName))
    throw new Error("it was not refused", { cause: error });
  expect(error.message).not.toContain("\n");
  return error.message;
}

test.each([
  [[], "check: wanted the URL at which the proxy is asked, as in http://127.0.0.1:8080; got none"],
  [[url], "--listen: wanted the port that the proxy forwards to, as in --listen 9000; got none"],
  [[url, url, "--listen", "9000"], `check: wanted one URL; got ${url}, ${url}`],
  [["http://:x", "--listen", "9000"], "check: wanted a URL such as http://127.0.0.1:8080; got “http://:x”"],
  [[url, "--listen", "0"], "--listen: wanted ports such as 9000, 9000,9001 or 9000-9019"],
  [[url, "--listen", "9001-9000"], "--listen: wanted ports such as"],
  [[url, "--listen", "host:9000"], "got “host:9000”"],
  [[url, "--listen", "9000,9000"], "--listen: wanted each port once; got “9000,9000”"],
  [["http://127.0.0.1:65535", "--listen", "9000-9009", "--map"], "--map: wanted 10 ports of the proxy from 65535 up"],
  [[url, "--listen", "9000", "--as", "nginks"], "--as: no proxy is called “nginks”; did you mean nginx?"],
  [[url, "--listen", "9000", "--by-path"], "--listen: wanted for backends of this machine; got it beside --by-path"],
  [["--config", "/none/nginx.conf"], "--config: wanted a file that can be read; ENOENT"],
  [["--config", nginx, "--as", "squid"], "--as: no proxy that can be configured so is called “squid”"],
  [["--config", nginx, "--via", "boat"], "--via: wanted local or container; got “boat”"],
  [["--config", nginx, "--map"], "--map: wanted for a proxy that runs already"],
  [
    ["--config", join(shop, "limits.conf"), url],
    "--config limits.conf: wanted one of apache, caddy, envoy, haproxy, nginx",
  ],
  [["--config", join(shop, "limits.conf"), "--as", "nginx"], "--listen: wanted the port that "],
  [["--config", join(shop, "limits.conf"), "--as", "nginx", "-l", "9000"], "check: wanted the URL at which "],
  [[url, "--listen", "9000", "slow/nevr-answers"], "no scenario is called “slow/nevr-answers”"],
  [[url, "--listen", "9000", "--outcomes", nginx], "nginx.conf: wanted JSON; "],
  [
    [url, "--listen", "9000", "--outcomes", "/none/x.json", "--update"],
    "--outcomes /none/x.json: wanted a file that can",
  ],
  [[url, "--listen", "9000", "--config-file", "/none.json"], "/none.json: wanted a file that can be read; ENOENT"],
] as const)("check %j ends in one line", async (args, message) => {
  expect(await refusal(...args)).toContain(message);
});

describe("a configuration that is none is told of by path, wanted, got", () => {
  test.each([
    [{ timer: {} }, "it: wanted no such key; got “timer”"],
    [{ timers: { head: 0 } }, "timers.head: wanted a positive time such as 200ms or 1s; got “0”"],
    [{ timers: { head: "0" } }, "timers.head: wanted a positive time such as 200ms or 1s; got “0”"],
    [{ timers: { total: 2 ** 31 } }, "timers.total: wanted a time: 500, 500ms or 2s; got 2147483648"],
    [{ timers: { head: "soon" } }, "timers.head: wanted a time: 500, 500ms or 2s; got “soon”"],
    [
      { expect: [{ scenario: "slow/*", outcome: "502", why: "x" }] },
      "expect.0.outcome: wanted an outcome such as own(502)",
    ],
    [
      { expect: [{ scenario: "slow/*", outcome: "clean" }] },
      "expect.0.why: wanted a reason, in a sentence; got nothing",
    ],
    [{ expect: [{ outcome: "clean", why: "x" }] }, "expect.0: wanted one of scenario and cause; got "],
    [{ expect: "all" }, "expect: wanted array; got “all”"],
    [{ leaveOut: [{ scenario: "slwo/*", why: "x" }] }, "no scenario is called “slwo/*”"],
    [{ means: { retries: -1 } }, "means.retries: wanted "],
  ])("%j", async (configuration, message) => {
    const file = join(folder.path, "config.json");
    await writeFile(file, JSON.stringify(configuration));
    expect(await refusal(url, "--listen", "9000", "--config-file", file)).toContain(`${file}: ${message}`);
  });
});

test("what was recorded must be a record", async () => {
  const file = join(folder.path, "outcomes.json");
  await writeFile(
    file,
    JSON.stringify({ format: 1, recorded: "today", scenarios: { "slow/x": { outcomes: [["504"]] } } }),
  );
  expect(await refusal(url, "--listen", "9000", "--outcomes", file)).toContain(
    "wanted what check --update has written; scenarios.slow/x.outcomes.0.0: wanted an outcome; got “504”",
  );
});
