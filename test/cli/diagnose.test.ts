import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { probeOptions } from "../../harness/cli/diagnose-options.ts";
import { parseTimers } from "../../harness/cli/timers.ts";
import { closeServer, listen, trackConnections } from "../../harness/net/listen.ts";
import { defaultTimers } from "../../harness/plan.ts";
import { rawServer } from "../client/raw-server.ts";
import { badgateway, start } from "./badgateway.ts";

const server = createServer((request, response) => {
  if (request.url === "/die") request.socket.destroy();
  else response.end("hello\n");
});
const connections = trackConnections(server);
const { port } = await listen(server, { host: "127.0.0.1" });
afterAll(() => closeServer(server, connections));
const url = `http://127.0.0.1:${port}`;
const folder = await mkdtemp(join(tmpdir(), "badgateway-diagnose-"));
afterAll(() => rm(folder, { recursive: true }));
await writeFile(join(folder, "none.pem"), "no certificate\n");

describe.concurrent("badgateway diagnose", () => {
  test("ends with 0 when the upstream is well, in plain text where there is no terminal", async () => {
    const { code, stdout, stderr } = await badgateway(["diagnose", `${url}/`]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("✓ the upstream is well");
    expect(stdout).not.toContain("\u001b");
  });

  test("ends with 1 when a fault is found, and says what it is, what proxies make of it and what to do", async () => {
    const { code, stdout } = await badgateway(["diagnose", `${url}/die`]);
    expect(code).toBe(1);
    expect(stdout).toContain("✗ connection_terminated, for which RFC 9209 recommends 502");
    expect(stdout).toMatch(/nginx 1\.\S+ +502 +.*upstream prematurely closed connection/);
    expect(stdout).toMatch(/Envoy \S+ +503 +503 UC/);
    expect(stdout).toMatch(/Cloudflare +520/);
    expect(stdout).toContain("again: badgateway run crash/close-after-request");
    expect(stdout).toContain(`http://127.0.0.1:${port}/`);
  });

  test("writes one JSON document", async () => {
    const { code, stdout } = await badgateway(["diagnose", `${url}/die`, "--json", "--log", "SH--"]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      format: 1,
      cause: "connection_terminated",
      layers: [
        { name: "resolve" },
        { name: "connect", verdict: "ok" },
        {},
        {},
        { name: "head", verdict: "failed" },
        {},
        {},
      ],
      findings: [{ layer: "head", sign: "closed-without-answer" }],
      scenarios: [{ id: "crash/close-after-request" }, ...Array(11).fill({})],
      log: { meanings: [{ proxy: "haproxy" }] },
    });
  });

  test("is broken off in good order", async () => {
    const asked = Promise.withResolvers<void>();
    await using silent = await rawServer((socket) => socket.once("data", () => asked.resolve()));
    const child = start(["diagnose", silent.url.href]);
    const ended = once(child, "close");
    await asked.promise;
    child.kill("SIGTERM");
    expect((await ended)[0]).toBe(143);
  });

  test("explains a line alone", async () => {
    const { code, stdout } = await badgateway(["diagnose", "--log", "AH01102: error reading status line"]);
    expect(code).toBe(0);
    expect(stdout).toContain("said by  Apache httpd");
  });

  test.each([
    [[], "diagnose: wanted a URL, or --log"],
    [["ftp://app/"], "diagnose: wanted http://host:port"],
    [[url, "--ca", "/no/such.pem"], "--ca: wanted a PEM file with certificates; got /no/such.pem: ENOENT"],
    [[url, "another"], "too many arguments"],
    [[url, "--body", "9007199254740991"], "--body: wanted a size such as 16384 or 32KiB, at most 1024MiB"],
  ])("refuses %j in one line", async (args, says) => {
    const { code, stdout, stderr } = await badgateway(["diagnose", ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(says);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("options of diagnose", () => {
  const options = { timers: defaultTimers, headLimit: 16_384, keepAlive: true };

  test.each([
    [{ resolver: "nowhere" }, "--resolver: wanted the address:port of a name server"],
    [{ resolver: "127.0.0.1:99999" }, "--resolver: wanted the address:port of a name server"],
    [{ ca: join(folder, "none.pem") }, "--ca: wanted a PEM file with certificates"],
    [{ cert: "a.pem" }, "--cert: wanted together with --key"],
    [{ key: "a.pem" }, "--key: wanted together with --cert"],
    [{ header: ["Host"] }, "--header: wanted a field such as"],
    [{ method: "G T" }, "--method: wanted a method"],
    [{ expect: true as const }, "--expect: wanted together with --body"],
  ])("%j is refused", async (wrong, says) => {
    await expect(probeOptions({ ...options, ...wrong })).rejects.toThrow(says);
  });

  test("are times in whole milliseconds, as Node's clocks want them", () => {
    expect(parseTimers("resolve=2.01s,connect=0.5ms")).toMatchObject({ resolve: 2_010, connect: 1 });
  });

  test("become a question: a body is posted, an address of a name server may stand alone", async () => {
    const header = ["Cookie: a", "X-Key: a:b", "Cookie: b"];
    expect(await probeOptions({ ...options, body: 10, header, resolver: "[::1]:5353" })).toMatchObject({
      question: { method: "POST", body: 10, fields: { "X-Key": ["a:b"], Cookie: ["a", "b"] } },
      resolver: "[::1]:5353",
    });
  });
});

describe.concurrent("badgateway explain", () => {
  test("recognises a message that is quoted in part", async () => {
    const { code, stdout } = await badgateway(["explain", "upstream prematurely closed connection"]);
    expect(code).toBe(0);
    for (const part of ["said by  nginx", "connection_terminated (502)", "crash/close-after-request", "what helps"]) {
      expect(stdout).toContain(part);
    }
  });

  test("ends with 1 when it does not know, and suggests the nearest", async () => {
    const { code, stdout } = await badgateway(["explain", "no live upstraems while conecting"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /not recognised.*did you mean\n {4}no live upstreams while connecting to upstream {2}\(nginx\)/,
    );
  });

  test("wants a text", async () => {
    const { code, stderr } = await badgateway(["explain"]);
    expect({ code, lines: stderr.trimEnd().split("\n").length }).toEqual({ code: 2, lines: 1 });
    expect(stderr).toContain("explain: wanted a log line");
  });
});
