import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAuthority } from "../../harness/net/certificates.ts";
import { holdPort } from "../../harness/net/held-port.ts";
import { closeServer, listen } from "../../harness/net/listen.ts";
import { startNameServer } from "../../harness/net/name-server.ts";
import { type TemporaryFolder, temporaryFolder } from "../../harness/net/temporary.ts";
import { endedProgram, startProgram } from "./gateway-program.ts";

const http = ["--upstream", "http://127.0.0.1:9"];
const https = ["--upstream", "https://127.0.0.1:9"];
const named = ["--upstream", "http://app.test:9"];

/** It must have ended by itself, with one line and no more. */
async function refusal(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await endedProgram(args);
  expect(stderr).toMatch(/^badgateway: [^\n]+\n$/);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  return stderr.slice("badgateway: ".length, -1);
}

describe("what the gateway cannot be started with ends in one line: option, wanted, got", () => {
  const upstream = "--upstream: wanted http://host:port, https://host:port or unix:/path";
  const listening = "--listen: wanted an address and port such as 127.0.0.1:8080 or [::1]:8080";
  const free = "--listen: wanted a free address of this machine";

  test.each([
    [[], "--upstream: wanted one or more, as in http://127.0.0.1:9001; got none"],
    [["-u", "nonsense"], `${upstream}; got "nonsense"`],
    [["-u", "ftp://127.0.0.1:9"], `${upstream}; got "ftp://127.0.0.1:9"`],
    [["-u", "http://127.0.0.1:99999"], `${upstream}; got "http://127.0.0.1:99999"`],
    [["-u", "unix:app.sock"], `${upstream}; got "unix:app.sock"`],
    [["-u", `unix:/${"a".repeat(200)}`], `${upstream} of at most 107 octets; got "unix:/aaa`],
    [["-u", "http://127.0.0.1:9/path"], `${upstream}, without a user, path or query; got "http://127.0.0.1:9/path"`],
    [[...http, "-u", "ftp://127.0.0.1:9"], `${upstream}; got "ftp://127.0.0.1:9"`],
    [[...http, "--listen", ":8080"], `${listening}; got “:8080”`],
    [[...http, "--listen", "127.0.0.1:99999"], `${listening}; got “127.0.0.1:99999”`],
    [[...http, "--listen", "::1:80"], `${listening}; got “::1:80”`],
    [[...http, "--listen", "192.0.2.1:0"], `${free}; got 192.0.2.1:0: listen EADDRNOTAVAIL`],
    [[...http, "--timers", "haed=1s"], "--timers: no timer is called “haed”; did you mean head?"],
    [[...http, "--retries", "-1"], "--retries: wanted a whole number from 0 up; got “-1”"],
    [[...http, "--head-limit", "huge"], "--head-limit: wanted a size such as 16384 or 32KiB; got “huge”"],
    [[...http, "--head-limit", "63"], "--head-limit: wanted octets, at least 64; got 63"],
    [
      [...http, "--drain", "soon"],
      "--drain: wanted a positive time such as 200ms or 1s, or 0 for not at all; got “soon”",
    ],
    [[...http, "--log", "xml"], "--log: wanted text, json, vendor or none; got “xml”"],
    [[...http, "--log", "constructor"], "--log: wanted text, json, vendor or none; got “constructor”"],
    [[...http, "--name", "no token"], '--name: wanted a token; got "no token"'],
    [[...http, "--health-check", "up"], '--health-check: wanted a path that begins with a slash; got "up"'],
    [[...named, "--resolver", "nonsense"], "--resolver: wanted the address:port of a name server; got “nonsense”"],
    [[...http, "elsewhere"], "too many arguments for 'gateway'. Expected 0 arguments but got 1: elsewhere."],
  ])("%j", async (args, message) => {
    expect(await refusal(args)).toContain(message);
  });
});

describe("options that contradict each other", () => {
  test.each([
    [[...https, "--certificate", "a.pem"], "--certificate: wanted together with --key; got a.pem alone"],
    [[...https, "--key", "a.pem"], "--key: wanted together with --certificate; got a.pem alone"],
    [[...http, "--max-queue", "9"], "--max-queue: wanted together with --max-connections; got 9 alone"],
    [[...http, "--queue-timeout", "9"], "--queue-timeout: wanted together with --max-queue; got 9 alone"],
    [[...http, "--health-interval", "9"], "--health-interval: wanted together with --health-check; got 9 alone"],
    [[...http, "--health-rise", "9"], "--health-rise: wanted together with --health-check; got 9 alone"],
    [[...http, "--health-fall", "9"], "--health-fall: wanted together with --health-check; got 9 alone"],
    [[...http, "--fail-timeout", "9"], "--fail-timeout: wanted together with --max-fails; got 9 alone"],
    [
      [...http, "-u", "unix:/app.sock", "--resolver", "127.0.0.1:53"],
      "--resolver: wanted beside an upstream with a name to resolve; got only http://127.0.0.1:9, unix:/app.sock",
    ],
    [[...http, "--ca", "a.pem"], "--ca: wanted beside an upstream with https; got only http://127.0.0.1:9"],
    [
      [...http, "--server-name", "a"],
      "--server-name: wanted beside an upstream with https; got only http://127.0.0.1:9",
    ],
  ])("%j", async (args, message) => {
    expect(await refusal(args)).toBe(message);
  });

  test("further tries without a further upstream are allowed, and told", async () => {
    await using gateway = await startProgram([...http, "--retries", "1"]);
    gateway.signal("SIGTERM");
    expect(await gateway.code()).toBe(0);
    expect(gateway.notices).toEqual([
      "badgateway: --retries 1: a further try goes to another upstream, and there is only one",
    ]);
  });
});

describe("files", () => {
  let folder: TemporaryFolder;
  const at = (name: string) => join(folder.path, name);
  beforeAll(async () => {
    folder = await temporaryFolder();
    const [authority, another] = await Promise.all([createAuthority("root of the test"), createAuthority("another")]);
    const [one, two] = [await authority.issue({ names: ["one.test"] }), await another.issue({ names: ["two.test"] })];
    await Promise.all([
      mkdir(at("folder")),
      writeFile(at("nonsense"), "nonsense"),
      writeFile(at("ca.pem"), authority.pem),
      writeFile(at("one.pem"), one.certificate),
      writeFile(at("one.key"), one.key),
      writeFile(at("two.key"), two.key),
    ]);
  });
  afterAll(() => folder[Symbol.asyncDispose]());

  test.each([
    [{ ca: "none" }, /^--ca: wanted a PEM file with certificates; got \S+none: ENOENT/],
    [{ ca: "folder" }, /^--ca: wanted a PEM file with certificates; got \S+folder: EISDIR/],
    [{ ca: "nonsense" }, /^--ca: wanted a PEM file with certificates; got \S+nonsense: .*no start line/],
    [{ ca: "one.key" }, /^--ca: wanted a PEM file with certificates; got \S+one\.key: .*no start line/],
    [
      { certificate: "nonsense", key: "one.key" },
      /^--certificate: wanted a PEM file with a certificate; got \S+nonsense: /,
    ],
    [{ certificate: "one.pem", key: "none" }, /^--key: wanted a PEM file with a private key; got \S+none: ENOENT/],
    [{ certificate: "one.pem", key: "one.pem" }, /^--key: wanted a PEM file with a private key; got \S+one\.pem: /],
    [
      { certificate: "one.pem", key: "two.key" },
      /^--ca, --certificate, --key: wanted PEM files that fit together; got \S+one\.pem, \S+two\.key: .*mismatch/,
    ],
  ])("%j", async (files, message) => {
    const args = Object.entries(files).flatMap(([option, name]) => [`--${option}`, at(name)]);
    expect(await refusal([...https, ...args])).toMatch(message);
  });

  test("that are right are taken", async () => {
    const files = [
      "--ca",
      at("ca.pem"),
      "--certificate",
      at("one.pem"),
      "--key",
      at("one.key"),
      "--server-name",
      "one",
    ];
    await using gateway = await startProgram([...https, ...files]);
    expect(gateway.notices).toEqual([]);
  });
});

test("an address that is in use", async () => {
  const server = createServer();
  const { port } = await listen(server, { host: "127.0.0.1" });
  expect(await refusal([...http, "--health-check", "/", "--listen", `127.0.0.1:${port}`])).toContain(
    `--listen: wanted a free address of this machine; got 127.0.0.1:${port}: listen EADDRINUSE`,
  );
  await closeServer(server, []);
});

describe("a name server", () => {
  test("that is not there", async () => {
    await using held = await holdPort("127.0.0.1");
    expect(await refusal([...named, "--resolver", `127.0.0.1:${held.port}`])).toBe(
      `--resolver: wanted a name server that answers; got 127.0.0.1:${held.port}: queryA ECONNREFUSED app.test`,
    );
  });

  test("that says nothing, within the patience of a request", async () => {
    await using silent = await startNameServer({ address: "127.0.0.1", answer: () => ({ silence: true }) });
    expect(await refusal([...named, "--resolver", silent.address, "--timers", "resolve=300ms"])).toBe(
      `--resolver: wanted a name server that answers; got ${silent.address}: no answer within 300 ms`,
    );
  });

  test.each(["SERVFAIL", "NXDOMAIN", "REFUSED"] as const)("that answers, be it with %s, is taken", async (rcode) => {
    await using server = await startNameServer({ address: "127.0.0.1", answer: () => ({ rcode }) });
    await using gateway = await startProgram([...named, "--resolver", server.address]);
    expect(gateway.notices).toEqual([]);
  });
});
