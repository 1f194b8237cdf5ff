import { expect, test } from "vitest";
import { loadScenarios } from "../harness/folder.ts";
import { run } from "../harness/lab.ts";
import { defaultTimers } from "../harness/plan.ts";
import gateway from "../harness/proxies/gateway/driver.ts";
import { withRemedies } from "../harness/remedy.ts";

test("that a GET is repeated is not proven by a proxy that never meets the backend which dies of it", async () => {
  const scenarios = withRemedies(await loadScenarios()).filter(
    ({ id, remedied }) => id === "pool/post-not-repeated" && remedied,
  );
  const avoiding: typeof gateway = {
    ...gateway,
    start: (plans, ground) =>
      gateway.start(
        plans.map((plan) => ({ ...plan, upstreams: plan.upstreams.slice(1) })),
        ground,
      ),
  };
  const [cell] = await run({ scenarios, drivers: [avoiding], timers: defaultTimers, seed: 1 });
  expect(cell?.verdict.kind).toBe("void");
  expect(cell?.verdict.why).toEqual([expect.stringContaining("“rst” of upstream 1")]);
});
