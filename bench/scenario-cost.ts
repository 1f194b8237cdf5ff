/**
 * What one scenario costs of its own: open, ask, judge, close, with a fault that is over at once, one after the other.
 * Set against the bare work, measured alternately in the same run: a server that resets, a proxy of a few lines, one request.
 */
import { createServer as createHttpServer, get, request } from "node:http";
import { createServer, type Server } from "node:net";
import { loadScenarios } from "../harness/folder.ts";
import { openGrounds } from "../harness/lab/grounds.ts";
import { performTrial } from "../harness/lab/perform.ts";
import { openScene } from "../harness/lab/scene.ts";
import { closeServer, listen } from "../harness/net/listen.ts";
import { defaultPlan, defaultTimers } from "../harness/plan.ts";
import gateway from "../harness/proxies/gateway/driver.ts";
import { judge } from "../harness/verdict.ts";
import { median, milliseconds } from "./median.ts";

const rounds = 200;
const scenario = (await loadScenarios()).find(({ id }) => id === "crash/reset-after-request");
if (!scenario) throw new Error("the catalogue has no crash/reset-after-request");
await using grounds = await openGrounds();
const signal = new AbortController().signal;
const options = { scenarios: [], drivers: [], timers: defaultTimers, seed: 1, patience: 5_000, grounds, signal };

async function whole(): Promise<void> {
  if (!scenario) return;
  await using scene = await openScene(scenario, options);
  const ground = { folder: await grounds.folder(), signal };
  const plan = scene.plan(defaultPlan(defaultTimers, grounds.ca));
  await using proxy = await gateway.start([plan], ground);
  const sides = [{ driver: gateway, proxy }];
  const [trial] = await performTrial(scenario, scene, { ...options, sides, plan, route: 0, proofs: scenario.proof });
  if (!trial) throw new Error("there is no trial");
  const { kind, why } = judge(scenario, gateway.dialect, gateway.unit, trial);
  if (kind !== "pass") throw new Error(why.join("; "));
}

async function bare(): Promise<void> {
  const backend = createServer((socket) => socket.once("data", () => socket.resetAndDestroy()).on("error", () => {}));
  const { port } = await listen(backend, { host: "127.0.0.1" });
  const proxy = createHttpServer((_, response) => {
    request({ port, host: "127.0.0.1", agent: false })
      .on("error", () => response.writeHead(502).end())
      .end();
  });
  const front = await listen(proxy, { host: "127.0.0.1" });
  await new Promise((resolve) =>
    get({ port: front.port, host: "127.0.0.1", agent: false }, (response) => response.resume().on("end", resolve)),
  );
  proxy.closeAllConnections();
  for (const server of [proxy as Server, backend]) await closeServer(server, []);
}

const costs = { whole: [] as number[], bare: [] as number[] };
for (let round = 0; round < rounds; round++) {
  costs.whole.push(await milliseconds(whole));
  costs.bare.push(await milliseconds(bare));
}
const [own, base] = [median(costs.whole), median(costs.bare)];
console.log(
  `one scenario, median of ${rounds}: ${own.toFixed(2)} ms; the bare work: ${base.toFixed(2)} ms; ratio ${(own / base).toFixed(1)}`,
);
