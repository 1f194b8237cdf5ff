import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordThrough } from "../../harness/check/by-path.ts";
import type { RunningProxy } from "../../harness/driver.ts";
import { loadScenarios } from "../../harness/folder.ts";
import { startGateway } from "../../harness/gateway/gateway.ts";
import { profileNamed } from "../../harness/gateway/profile-catalogue.ts";
import { createAuthority } from "../../harness/net/certificates.ts";
import { closeServer, listen, trackConnections } from "../../harness/net/listen.ts";
import { temporaryFolder } from "../../harness/net/temporary.ts";
import { defaultPlan, defaultTimers } from "../../harness/plan.ts";
import nginx from "../../harness/proxies/nginx/driver.ts";
import { type Service, startService } from "../../harness/service/service.ts";
import { badgateway } from "../cli/badgateway.ts";
import { skipAloud } from "../skip.ts";
import { check, checkJson } from "./checking.ts";
import { freePlace, simpleProxy } from "./proxies.ts";

const stack = new AsyncDisposableStack();
let service: Service;
let outcomes: string;
beforeAll(async () => {
  const folder = stack.use(await temporaryFolder());
  outcomes = join(folder.path, "outcomes.json");
  const scenarios = await loadScenarios();
  service = stack.use(await startService({ scenarios, host: "127.0.0.1", port: 0, timers: defaultTimers, seed: 1 }));
});
afterAll(() => stack.disposeAsync());

/** None runs out before its time on a busy machine. */
const timers = { ...defaultTimers, connect: 3_000, send: 3_000, head: 1_500, idle: 3_000 };

const ids = [
  ...["control/healthy", "control/own-502", "crash/reset-after-request", "crash/close-mid-body", "crash/early-refusal"],
  ...["slow/never-answers", "tls/expired", "crash/refused", "crash/idle-close"],
];
const kinds = ({ cells }: Awaited<ReturnType<typeof checkJson>>) =>
  Object.fromEntries(cells.map(({ scenario, verdict }) => [scenario, verdict.kind]));
const expected = {
  "control/healthy": "pass",
  "control/own-502": "pass",
  "crash/close-mid-body": "pass",
  "crash/early-refusal": "pass",
  "crash/idle-close": "inapplicable",
  "crash/refused": "inapplicable",
  "crash/reset-after-request": "pass",
  "slow/never-answers": "pass",
  "tls/expired": "inapplicable",
};

describe("a backend behind a proxy is asked through it, fault by fault", () => {
  test("the gateway in between; what the backend did is asked for the same way", async () => {
    // A request that meets the reset on a kept connection may be sent again.
    const upstreams = [`http://127.0.0.1:${service.port}`];
    await using proxy = await startGateway({ upstreams, timers, keepAlive: false });
    const document = await checkJson(proxy.url.origin, "--by-path", "--outcomes", outcomes, ...ids);
    expect(kinds(document)).toEqual(expected);
    expect(document.code).toBe(0);
    const reset = document.cells.find(({ scenario }) => scenario === "crash/reset-after-request")?.trial;
    expect(reset?.timeline.map(({ who, act }) => `${who} ${act}`)).toContain("upstream 1 rst");
    expect(reset?.connections).toHaveLength(1);
  });

  test("a managed proxy is held against what its vendor documents; what is unconfirmed only warns", async () => {
    const answering = async (profile: string) =>
      startGateway({
        upstreams: [`http://127.0.0.1:${service.port}`],
        timers,
        profile: await profileNamed(profile),
      });
    const asked = ["crash/reset-after-request", "malformed/status-not-a-number", "slow/never-answers"];
    const held = (url: URL, profile: string) =>
      checkJson(url.origin, "--by-path", "--outcomes", outcomes, "--profile", profile, ...asked);
    await using cloudflare = await answering("cloudflare");
    expect(kinds(await held(cloudflare.url, "cloudflare"))).toEqual(
      Object.fromEntries(asked.map((id) => [id, "pass"])),
    );
    const otherwise = await held(cloudflare.url, "aws-alb");
    expect(otherwise.code).toBe(1);
    expect(kinds(otherwise)["crash/reset-after-request"]).toBe("fail");
    const netlify = await held(cloudflare.url, "netlify");
    const { verdict } = netlify.cells.find(({ scenario }) => scenario === "slow/never-answers") ?? {};
    expect(verdict).toMatchObject({ kind: "pass", mark: "unconfirmed" });
    expect(verdict?.departs?.join()).toContain("own(524), wanted own(504), which is unconfirmed");
  });

  test("a real nginx in between", async (context) => {
    const [local] = nginx;
    const missing = await local.missing();
    if (missing !== undefined) skipAloud(context, missing);
    await using folder = await temporaryFolder();
    const plan = { ...defaultPlan(timers, "/none"), upstreams: [`http://127.0.0.1:${service.port}`] };
    const ground = { folder: folder.path, signal: new AbortController().signal };
    await using proxy: RunningProxy = await local.start([plan], ground);
    const url = proxy.routes[0]?.origin ?? "";
    expect(kinds(await checkJson(url, "--by-path", "--outcomes", outcomes, ...ids))).toEqual(expected);
  });

  test("a proxy that repeats a POST is found out by the backend's record", async () => {
    const place = { address: "127.0.0.1", port: service.port };
    await using proxy = await simpleProxy(place, { tries: 2, status: 502 });
    const document = await checkJson(proxy.url, "--by-path", "--outcomes", outcomes, "crash/close-during-upload");
    expect(document.findings[0]).toMatchObject({
      kind: "repeated",
      came: "the POST was sent once, and the backend got it 2 times",
    });
  });

  test("a proxy that hides the record leaves unproven what came from nobody", async () => {
    const place = { address: "127.0.0.1", port: service.port };
    const hides = /^\/_badgateway/;
    await using proxy = await simpleProxy(place, { tries: 1, status: 502, hides });
    const args = [proxy.url, "--by-path", "--outcomes", outcomes];
    const { cells } = await checkJson(...args, "control/own-502", "crash/reset-after-request");
    expect(cells.map(({ verdict }) => verdict)).toEqual([
      expect.objectContaining({ kind: "pass" }), // the origin's mark is proof enough
      expect.objectContaining({
        kind: "void",
        why: [expect.stringMatching(/^unproven: \/_badgateway\/trials\/.* gave 404$/)],
      }),
    ]);
  });

  test("a record that does not come is not waited for when the check is broken off", async () => {
    const broken = new AbortController();
    const server = createServer(() => broken.abort(new Error("enough")));
    const connections = trackConnections(server);
    const { port } = await listen(server, { host: "127.0.0.1" });
    await using _server = { [Symbol.asyncDispose]: () => closeServer(server, connections) };
    const url = new URL(`http://127.0.0.1:${port}`);
    expect(await recordThrough(url, "0badcafe", broken.signal)).toBe(
      "/_badgateway/trials/0badcafe could not be had: enough",
    );
  });

  test("a balancer that speaks TLS, verified by the authority that Node is told of", async () => {
    await using folder = await temporaryFolder();
    const authority = await createAuthority("balancer authority");
    const { key, chain: cert } = await authority.issue({ names: ["localhost"] });
    const ca = join(folder.path, "ca.pem");
    await writeFile(ca, authority.pem);
    const place = { address: "127.0.0.1", port: service.port };
    await using proxy = await simpleProxy(place, { tries: 1, status: 502, identity: { key, cert }, host: "127.0.0.1" });
    const url = `https://localhost:${new URL(proxy.url).port}`;
    const args = [
      "check",
      url,
      "--by-path",
      "--outcomes",
      outcomes,
      "crash/reset-after-request",
      "crash/close-mid-body",
    ];
    const verified = await badgateway(args, { NODE_EXTRA_CA_CERTS: ca });
    expect(verified.stdout).toContain("2 as claimed");
    expect(verified.code).toBe(0);
    const stranger = await badgateway(args);
    expect(stranger).toMatchObject({ code: 2, stdout: "" });
    expect(stranger.stderr).toMatch(/^badgateway: check: .*certificate.*\n$/);
  });

  test("a proxy with something else behind it is void", async () => {
    await using proxy = await simpleProxy(await freePlace(), { tries: 1, status: 404 });
    const { code, text } = await check(proxy.url, "--by-path", "--outcomes", outcomes);
    expect(code).toBe(1);
    expect(text).toContain("does the proxy forward to “badgateway backend”? The client got 404 Not Found");
  });
});
