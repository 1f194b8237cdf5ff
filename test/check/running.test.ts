import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startGateway } from "../../harness/gateway/gateway.ts";
import { freshLoopback } from "../../harness/net/loopback.ts";
import { type TemporaryFolder, temporaryFolder } from "../../harness/net/temporary.ts";
import { defaultTimers } from "../../harness/plan.ts";
import { againCommand } from "../../harness/report/command.ts";
import { reportCells } from "../../harness/report/report-cells.ts";
import { loadRun } from "../../harness/report/saved-run.ts";
import { ask } from "../proxies/asking.ts";
import { check, checkJson } from "./checking.ts";
import { freePlace, simpleProxy } from "./proxies.ts";

let folder: TemporaryFolder;
let count = 0;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder[Symbol.asyncDispose]());

/** A file of its own for each test. */
function fresh(name = "outcomes.json"): string {
  return join(folder.path, `${++count}-${name}`);
}

describe("a proxy that runs already", () => {
  test("is asked about one fault after the other at the port it forwards to, refused and back again among them", async () => {
    const { text: place } = await freePlace();
    await using proxy = await startGateway({ upstreams: [`http://${place}`], timers: defaultTimers });
    const args = [proxy.url.origin, "--listen", place, "--outcomes", fresh(), "--timers", "head=300ms"];
    const ids = ["crash/refused", "crash/reset-after-request", "slow/never-answers", "control/healthy", "tls/expired"];
    const save = fresh("trials");
    const { code, text } = await check(...args, "--save", save, ...ids);
    expect(text).toContain("4 as claimed, 1 not applicable");
    expect(text).toContain("no means for TLS towards the upstream (--tls)");
    expect(text).toContain("No findings: every answer was as the standards ask.");
    expect(code).toBe(0);
    const { run, problems } = await loadRun((file) => readFile(join(save, file), "utf8"));
    expect(problems).toEqual([]);
    expect(run.cells.map(({ verdict }) => verdict.kind)).toEqual(["pass", "pass", "pass", "pass", "inapplicable"]);
    const again = reportCells(run).map((cell) => againCommand(cell, run));
    expect(again[0]).toMatch(
      new RegExp(`^badgateway check ${proxy.url.origin}/ --listen ${place} --timers head=300 --outcomes \\S+ control/`),
    );
  });

  test("of which nothing could be judged is not as expected", async () => {
    const { text: place } = await freePlace();
    await using proxy = await startGateway({ upstreams: [`http://${place}`], timers: defaultTimers });
    const { code, text } = await check(proxy.url.origin, "--listen", place, "--outcomes", fresh(), "tls/*");
    expect(text).toContain("No findings: there was nothing that could be judged.");
    expect(code).toBe(1);
  });

  test("that repeats a POST is found out, until that is recorded; another answer then fails with both values", async () => {
    const place = await freePlace();
    const outcomes = fresh();
    const run = async (tries: number, status: number, ...args: string[]) => {
      await using proxy = await simpleProxy(place, { tries, status });
      const ids = ["crash/close-during-upload", "crash/reset-after-request"];
      return await check(proxy.url, "--listen", place.text, "--outcomes", outcomes, ...ids, ...args);
    };
    const first = await run(2, 502);
    expect(first.code).toBe(1);
    expect(first.text).toContain("the POST was sent once, and the backend got it 2 times");
    expect((await run(2, 502, "--update")).code).toBe(0);
    expect((await run(2, 502)).code).toBe(0);
    const changed = await run(2, 500);
    expect(changed.code).toBe(1);
    expect(changed.text).toMatch(/✗ crash\/reset-after-request: own\(500\), wanted own\(502\): recorded on \d{4}-/);
  });

  test("of which a hang was recorded is waited for all the same: nobody here knows its timers", async () => {
    const { text: place } = await freePlace();
    const timers = { ...defaultTimers, head: 2_400 };
    await using proxy = await startGateway({ upstreams: [`http://${place}`], timers });
    const args = [proxy.url.origin, "--listen", place, "--outcomes", fresh(), "slow/never-answers"];
    expect((await check(...args, "--patience", "2s", "--update")).text).toContain("hang");
    const { code, text } = await check(...args, "--patience", "5s");
    expect(text).toContain("own(504), wanted hang");
    expect(code).toBe(1);
  });

  test("is asked at as many ports at once as it has", async () => {
    const [theirs, ours] = [freshLoopback(), freshLoopback()];
    const start = (port: number) =>
      startGateway({
        upstreams: [`http://${ours}:${port + 100}`],
        timers: defaultTimers,
        listen: { host: theirs, port },
      });
    await using _first = await start(20_000);
    await using _second = await start(20_001);
    const args = ["--listen", `${ours}:20100-20101`, "--map", "--outcomes", fresh(), "--patience", "2s"];
    const save = fresh("trials");
    const ids = ["slow/never-answers", "slow/stalled-head"];
    const document = await checkJson(`http://${theirs}:20000`, ...args, "--save", save, ...ids);
    expect(document.cells.map(({ verdict }) => verdict.kind)).toEqual(["pass", "pass"]);
    const upstreams = document.cells.flatMap(({ trial }) => trial?.plan.upstreams ?? []);
    expect(new Set(upstreams)).toEqual(new Set([`http://${ours}:20100`, `http://${ours}:20101`]));
    const { run, problems } = await loadRun((file) => readFile(join(save, file), "utf8"));
    expect(problems).toEqual([]);
    expect(run.cells.map(({ verdict }) => verdict.kind)).toEqual(["pass", "pass"]);
  });

  test("that forwards elsewhere is void: our backend never saw the request", async () => {
    const [place, other] = [await freePlace(), await freePlace()];
    await using proxy = await simpleProxy(other, { tries: 1, status: 404 });
    const { code, text } = await check(proxy.url, "--listen", place.text, "--outcomes", fresh(), "control/healthy");
    expect(code).toBe(1);
    expect(text).toContain(`our backend on ${place.text} never saw the request: the proxy forwards elsewhere`);
    expect(text).toContain("404 Not Found");
  });

  test("that speaks TLS to a plain backend is void, with what to type", async () => {
    const { text: place } = await freePlace();
    await using proxy = await startGateway({ upstreams: [`https://${place}`], timers: defaultTimers });
    const args = [proxy.url.origin, "--listen", place, "--outcomes", fresh(), "--settle", "300ms"];
    const { code, text } = await check(...args, "control/healthy");
    expect(code).toBe(1);
    expect(text).toContain(`the proxy speaks TLS to our backend on ${place}: --tls`);
  });

  test("that is not there is said in one line", async () => {
    const [place, nobody] = [await freePlace(), await freePlace()];
    const asked = check(`http://${nobody.text}`, "--listen", place.text, "--outcomes", fresh(), "control/healthy");
    await expect(asked).rejects.toThrow(
      `check: the proxy at http://${nobody.text} is not reachable (ECONNREFUSED): does it run?`,
    );
  });

  test("leaves nobody listening behind", async () => {
    const { text: place } = await freePlace();
    await using proxy = await startGateway({ upstreams: [`http://${place}`], timers: defaultTimers });
    await check(proxy.url.origin, "--listen", place, "--outcomes", fresh(), "control/healthy");
    expect(await ask(new URL(`http://${place}`))).toMatchObject({ whole: false });
  });
});

describe("what the owner of a proxy has written down", () => {
  test("is expected instead of what the standards ask, with the reason", async () => {
    const place = await freePlace();
    await using proxy = await simpleProxy(place, { tries: 1, status: 503 });
    const config = fresh("config.ts");
    await writeFile(
      config,
      `export default {
        timers: { connect: "1s" },
        expect: [{ cause: "connection_terminated", outcome: "own(503)", why: "our clients try again on a 503" }],
        leaveOut: [{ scenario: "control/*", why: "not of interest" }],
      };`,
    );
    const args = [proxy.url, "--listen", place.text, "--config-file", config, "--outcomes", fresh()];
    const document = await checkJson(...args, "control/healthy", "crash/reset-after-request", "crash/refused");
    const verdicts = document.cells.map(({ scenario, verdict }) => [scenario, verdict.kind, verdict.departs]);
    expect(verdicts).toEqual([
      ["crash/refused", "fail", undefined],
      ["crash/reset-after-request", "pass", [`our clients try again on a 503 (${config})`]],
    ]);
    expect(document.cells[1]?.departure?.claims).toEqual([["own(503)"]]);
    expect(document.findings.at(-1)?.accepted).toContain("our clients try again on a 503");
  });
});
