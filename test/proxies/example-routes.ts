import type { Route } from "../../harness/driver.ts";
import { defaultPlan, defaultTimers, type Plan } from "../../harness/plan.ts";

/** A plan for configuration texts: nothing of it is there, one upstream unless told. */
export function examplePlan(change: Partial<Plan>): Plan {
  return { ...defaultPlan(defaultTimers, "/run/ca.pem"), upstreams: ["http://127.0.0.2:8001"], ...change };
}

/** Routes for configuration texts: the first listens on 127.0.0.9:9001 and logs to /run/1.log, the next is one up. */
export function exampleRoutes(...changes: readonly Partial<Plan>[]): Route[] {
  return changes.map((change, index) => ({
    plan: examplePlan(change),
    host: "127.0.0.9",
    port: 9001 + index,
    log: `/run/${index + 1}.log`,
  }));
}
