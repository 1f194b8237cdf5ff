import { expect, test } from "vitest";
import { healthy } from "../harness/faults/wire.ts";
import { loadScenarios } from "../harness/folder.ts";
import { run } from "../harness/lab.ts";
import { openLab } from "../harness/open-lab.ts";
import { defaultTimers } from "../harness/plan.ts";
import gateway from "../harness/proxies/gateway/driver.ts";

/** The gateway, as if it had no health checks. */
const unchecking = { ...gateway, cannot: ({ health }: { health?: object }) => health && "active health checks" };

test("what a proxy has no means for is not asked, and says so; all the rest is", async () => {
  const scenarios = (await loadScenarios()).filter(({ id }) => /^pool\/(all-unhealthy|all-dead)$/.test(id));
  const cells = await run({ scenarios, drivers: [unchecking], timers: defaultTimers, seed: 1 });
  expect(
    new Map(cells.map(({ scenario, verdict, trial }) => [scenario.id, [verdict.kind, verdict.why, !trial]])),
  ).toEqual(
    new Map([
      ["pool/all-unhealthy", ["inapplicable", ["gateway has no means for active health checks"], true]],
      ["pool/all-dead", ["pass", [], false]],
    ]),
  );
});

test("a lab with a plan that the proxy has no means for is refused", async () => {
  const plan = { health: { path: "/health", every: 50 } };
  await expect(openLab({ proxy: unchecking, upstreams: [healthy()], plan })).rejects.toThrow(
    "gateway has no means for active health checks",
  );
});
