/** What a consumer of the package writes: files of the project into which it is installed. */
export const consumer: Readonly<Record<string, string>> = {
  // Declaration files are checked too: what they lead to must be there.
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      target: "es2024",
      lib: ["es2024", "esnext.disposable"],
      module: "nodenext",
      types: ["node"],
      noEmit: true,
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      verbatimModuleSyntax: true,
      skipLibCheck: false,
    },
    include: ["*.ts"],
  }),

  "names.ts": `
import { type Cell, findProxy, openLab, runScenarios, startFault } from "badgateway";

export const good: (() => Promise<unknown>)[] = [
  () => openLab({ proxy: "nginx", scenario: "crash/refused" }),
  () => startFault("tls/expired"),
  () => findProxy("haproxy", { via: "container" }),
];
export const cells: Promise<Cell[]> = runScenarios({ proxy: ["gateway", "nginx"], scenarios: ["slow", "tls/*", "dns/nxdomain"] });
export const bad: (() => Promise<unknown>)[] = [
  // @ts-expect-error: no such proxy
  () => openLab({ proxy: "ngnix", scenario: "crash/refused" }),
  // @ts-expect-error: no such scenario
  () => startFault("crash/refuse"),
  // @ts-expect-error: no such family
  () => runScenarios({ proxy: "gateway", scenarios: "crsh" }),
];
`,

  "gateway.test.ts": `
import request from "supertest";
import { expect, test } from "vitest";
import { openLab, readRequest, rst, startFault, startGateway, wire } from "badgateway";
import { scenarioSuite } from "badgateway/vitest";

test("a backend that resets the connection is a 502", async () => {
  await using lab = await openLab({ proxy: "gateway", upstreams: [wire(readRequest(), rst())] });
  expect(await request(lab.url).get("/")).toBeBadGateway({ cause: "connection_terminated" });
  await expect(fetch(lab.url)).toBeBadGateway({ cause: "connection_terminated" });
  // @ts-expect-error: RFC 9209 recommends a 504 for this cause
  expect(await fetch(lab.url)).not.toBeBadGateway({ cause: "connection_read_timeout" });
});

test("the gateway, on its own", async () => {
  await using fault = await startFault("crash/close-mid-body");
  await using gateway = await startGateway({ upstreams: [fault.url] });
  await expect(fetch(gateway.url)).toBeBrokenOff();
});

scenarioSuite({ proxy: ["gateway", "node-httpxy"], scenarios: ["crash/refused", "crash/process-throws"] });
`,

  "failing.test.ts": `
import { expect, test } from "vitest";
import { findScenario, openLab, readRequest, rst, wire } from "badgateway";
import { scenarioSuite } from "badgateway/vitest";

test("wrong", async () => {
  await using lab = await openLab({ proxy: "gateway", upstreams: [wire(readRequest(), rst())] });
  expect(await fetch(lab.url)).toBeGatewayTimeout({ after: 300 });
});

scenarioSuite({ proxy: "gateway", scenarios: { ...(await findScenario("crash/refused")), claim: "clean" }, remedies: false });
`,
};
