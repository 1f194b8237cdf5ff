import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, type TestContext, test, vi } from "vitest";
import type { FindingKind } from "../../harness/check/finding.ts";
import { loadDrivers } from "../../harness/drivers.ts";
import { type TemporaryFolder, temporaryFolder } from "../../harness/net/temporary.ts";
import { skipAloud } from "../skip.ts";
import { type CheckDocument, check, checkJson, shop } from "./checking.ts";
import { freePlace } from "./proxies.ts";

vi.setConfig({ testTimeout: 120_000 }); // a container's image may have to be built

const drivers = await loadDrivers();
let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder[Symbol.asyncDispose]());

async function needed(context: TestContext, name: string, via = "local") {
  const missing = await drivers.find((driver) => driver.name === name && driver.via === via)?.missing();
  if (missing !== undefined) skipAloud(context, missing);
}

function outcomes({ cells }: CheckDocument, id: string): readonly string[] | undefined {
  return cells.find(({ scenario }) => scenario === id)?.trial?.exchanges.map(({ outcome }) => outcome);
}

function finding({ findings }: CheckDocument, kind: FindingKind, id: string) {
  return findings.find((each) => each.kind === kind && each.scenarios.includes(id));
}

const few = [
  ...["control/healthy", "control/own-502", "crash/close-mid-body", "crash/reset-after-request"],
  ...["pool/post-not-repeated", "pool/one-of-two-dead-retried", "slow/never-answers"],
];
const options = (name: string) => ["--outcomes", join(folder.path, `${name}.json`), "--patience", "2s"];

describe("a configuration as somebody has it is started as it is, and says", () => {
  test("nginx: a POST repeated, a timeout of 60 s, a 200 broken off, an origin's 502 that costs a retry", async (context) => {
    await needed(context, "nginx");
    const document = await checkJson("--config", join(shop, "nginx.conf"), ...options("nginx"), ...few);
    expect(document.code).toBe(1);
    expect(document.findings[0]).toMatchObject({
      kind: "repeated",
      scenarios: ["pool/post-not-repeated"],
      came: "the POST was sent once, and the backend got it 2 times",
      change: expect.stringContaining("non_idempotent"),
    });
    expect(finding(document, "hang", "slow/never-answers")).toMatchObject({
      came: "no answer within 2 s",
      asked: "a 504 of the proxy's own",
      change: expect.stringContaining("proxy_read_timeout is 60 s by default"),
    });
    expect(finding(document, "broken-off", "crash/close-mid-body")).toMatchObject({ came: "a 200 broken off" });
    expect(outcomes(document, "control/own-502")).toEqual(["relayed(502)"]);
    expect(outcomes(document, "pool/one-of-two-dead-retried")).toEqual(Array(6).fill("clean"));
  });

  test("haproxy: a POST repeated by retry-on, which its health checks do not hinder", async (context) => {
    await needed(context, "haproxy");
    const document = await checkJson("--config", join(shop, "haproxy.cfg"), ...options("haproxy"), ...few);
    expect(document.code).toBe(1);
    expect(document.findings[0]).toMatchObject({
      kind: "repeated",
      scenarios: ["pool/post-not-repeated"],
      change: expect.stringContaining("disable-l7-retry if METH_POST"),
    });
    expect(outcomes(document, "crash/close-mid-body")).toEqual(["cut"]);
    expect(document.cells.find(({ scenario }) => scenario === "control/healthy")?.verdict.kind).toBe("pass");
  });

  test("caddy: one upstream, so that pools do not apply; a cut chunked body looks whole, as it is known of Caddy", async (context) => {
    await needed(context, "caddy");
    const args = ["--config", join(shop, "Caddyfile"), ...options("caddy"), "--timers", "idle=2s"];
    const document = await checkJson(...args, ...few, "crash/close-mid-chunk", "slow/stalled-body");
    const pool = document.cells.find(({ scenario }) => scenario === "pool/post-not-repeated");
    expect(pool?.verdict).toEqual({
      kind: "inapplicable",
      why: ["it wants 2 upstreams, and the proxy forwards to 1 (--listen PORT,PORT)"],
    });
    expect(document.findings[0]).toMatchObject({
      kind: "silent",
      scenarios: ["crash/close-mid-chunk"],
      known: expect.stringContaining("Caddy"),
    });
    expect(outcomes(document, "slow/stalled-body")).toEqual(["cut"]);
  });

  test.for([
    ["apache", "httpd.conf", "own(502)"],
    ["envoy", "envoy.yaml", "own(503)"],
  ] as const)("%s: a reset is told to the client, by %s", async ([name, file, outcome], context) => {
    await needed(context, name);
    const args = ["--config", join(shop, file), ...options(name)];
    const document = await checkJson(...args, "control/healthy", "crash/reset-after-request");
    expect(document.cells[0]?.trial?.driver).toBe(name);
    expect(outcomes(document, "control/healthy")).toEqual(["clean"]);
    expect(outcomes(document, "crash/reset-after-request")).toEqual([outcome]);
  });

  test("nginx in a container, with the file beside it that it includes", async (context) => {
    await needed(context, "nginx", "container");
    const args = ["--config", join(shop, "nginx.conf"), "--via", "container", "--concurrency", "1"];
    const document = await checkJson(...args, ...options("container"), "control/healthy", "crash/reset-after-request");
    expect(document.code).toBe(0);
    expect(outcomes(document, "crash/reset-after-request")).toEqual(["own(502)"]);
    expect(document.cells[0]?.trial?.said.join("\n")).not.toContain("emerg");
  });
});

test("a configuration that names its addresses itself is started unchanged; our backend takes the one it names", async (context) => {
  await needed(context, "nginx");
  const [theirs, ours, second] = [await freePlace(), await freePlace(), await freePlace()];
  const file = join(folder.path, "nginx.conf");
  const text = await readFile(join(shop, "nginx.conf"), "utf8");
  const named = text
    .replace(`\${BADGATEWAY_LISTEN}`, theirs.text)
    .replace(`\${BADGATEWAY_UPSTREAM}`, ours.text)
    .replace(`\${BADGATEWAY_UPSTREAM_2}`, second.text);
  expect(named).not.toContain("BADGATEWAY");
  await writeFile(file, named);
  await copyFile(join(shop, "limits.conf"), join(folder.path, "limits.conf"));
  const args = ["--listen", `${ours.text},${second.text}`, "--config", file, ...options("named")];
  const document = await checkJson(`http://${theirs.text}`, ...args, "control/own-502", "pool/post-not-repeated");
  expect(document.findings[0]?.kind).toBe("repeated");
  expect(document.cells[1]?.trial?.plan.upstreams).toEqual([`http://${ours.text}`, `http://${second.text}`]);
});

test("a placeholder that stands for nothing is told of, with those that do", async (context) => {
  await needed(context, "nginx");
  const file = join(folder.path, "odd-nginx.conf");
  await writeFile(
    file,
    `events {} http { server { listen \${BADGATEWAY_LISTEN}; return 200 \${BADGATEWAY_UPSTREAM}\${BADGATEWAY_NAME}; } }`,
  );
  await expect(check("--config", file, ...options("odd"), "control")).rejects.toThrow(
    `\${BADGATEWAY_NAME} stands for nothing; known: LISTEN, LISTEN_HOST, LISTEN_PORT, UPSTREAM_1`,
  );
});

describe("towards TLS upstreams (--tls)", () => {
  const nginxTls = (verification: string) => `
    events {}
    http {
      access_log off;
      client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
      server {
        listen \${BADGATEWAY_LISTEN};
        location / {
          proxy_pass https://\${BADGATEWAY_UPSTREAM};
          proxy_read_timeout 1s;
          ${verification}
        }
      }
    }`;
  const verified = `proxy_ssl_verify on; proxy_ssl_server_name on; proxy_ssl_name upstream.test;
    proxy_ssl_trusted_certificate \${BADGATEWAY_CA};`;
  const ids = ["tls/expired", "tls/handshake-alert", "control/healthy"];

  test.for([
    ["trusts anybody, as nginx does by default", "", "clean"],
    ["verifies", verified, "own(502)"],
  ] as const)("a proxy that %s", async ([, verification, outcome], context) => {
    await needed(context, "nginx");
    const file = join(folder.path, "tls-nginx.conf");
    await writeFile(file, nginxTls(verification));
    const document = await checkJson("--config", file, "--tls", ...options("tls"), ...ids);
    expect(outcomes(document, "tls/expired")).toEqual([outcome]);
    expect(outcomes(document, "tls/handshake-alert")).toEqual(["own(502)"]);
    expect(outcomes(document, "control/healthy")).toBeUndefined(); // not over TLS
    const found = finding(document, "unverified", "tls/expired");
    if (outcome === "clean") expect(found?.change).toContain("proxy_ssl_verify is off by default");
    else expect(found).toBeUndefined();
  });
});

test("what was recorded is what is expected: the findings are told of, and do not fail", async (context) => {
  await needed(context, "nginx");
  const args = [
    "--config",
    join(shop, "nginx.conf"),
    ...options("recorded"),
    "pool/post-not-repeated",
    "control/own-502",
  ];
  const first = await check(...args, "--update");
  expect(first.code).toBe(0);
  const recorded = JSON.parse(await readFile(join(folder.path, "recorded.json"), "utf8"));
  expect(recorded.scenarios).toEqual({
    "control/own-502": { outcomes: [["relayed(502)"]] },
    "pool/post-not-repeated": { outcomes: [["own(502)"]], admits: ["a repeated POST"] },
  });
  const again = await check(...args);
  expect(again.code).toBe(0);
  expect(again.text).toContain("and 1 finding that you expect");
});

test("a configuration that does not start is told of in its own words", async (context) => {
  await needed(context, "nginx");
  const args = ["--config", join(shop, "limits.conf"), "--as", "nginx", "--listen", "9000", ...options("none")];
  await expect(check("http://127.0.0.1:1", ...args)).rejects.toThrow(
    /^check: with .*"client_max_body_size" directive is not allowed here/,
  );
});
