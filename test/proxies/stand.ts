import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ProxyDriver, RunningProxy } from "../../harness/driver.ts";
import { createAuthority } from "../../harness/net/certificates.ts";
import { temporaryFolder } from "../../harness/net/temporary.ts";
import { defaultPlan, defaultTimers, type Plan } from "../../harness/plan.ts";

/** Where one test stands: a folder, and everything opened on the way, closed in the opposite order. */
export interface Stand extends AsyncDisposable {
  readonly folder: string;
  /** A plan as in a run, all timers 300 ms. */
  plan(change: Partial<Plan>): Plan;
  use<T extends AsyncDisposable>(opening: Promise<T>): Promise<T>;
  start(driver: ProxyDriver, plans: readonly Plan[]): Promise<RunningProxy>;
}

export async function openStand(): Promise<Stand> {
  const stack = new AsyncDisposableStack();
  const { path: folder } = stack.use(await temporaryFolder());
  const ca = join(folder, "ca.pem");
  await writeFile(ca, (await createAuthority("badgateway test authority")).pem);
  const { signal } = new AbortController();
  const use = async <T extends AsyncDisposable>(opening: Promise<T>) => stack.use(await opening);
  return {
    folder,
    plan: (change) => ({ ...defaultPlan(defaultTimers, ca), upstreams: [], ...change }),
    use,
    start: (driver, plans) => use(driver.start(plans, { folder, signal })),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
