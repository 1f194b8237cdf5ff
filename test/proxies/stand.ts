import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestContext } from "vitest";
import type { ProxyDriver, RunningProxy } from "../../harness/driver.ts";
import { createAuthority } from "../../harness/net/certificates.ts";
import { temporaryFolder } from "../../harness/net/temporary.ts";
import { defaultPlan, defaultTimers, type Plan } from "../../harness/plan.ts";
import { skipAloud } from "../skip.ts";
import { ask } from "./asking.ts";

/** Where one test stands: a folder, and everything opened on the way, closed in the opposite order. */
export interface Stand extends AsyncDisposable {
  readonly folder: string;
  /** A plan as in a run, all timers 300 ms. */
  plan(change: Partial<Plan>): Plan;
  use<T extends AsyncDisposable>(opening: Promise<T>): Promise<T>;
  start(driver: ProxyDriver, plans: readonly Plan[]): Promise<RunningProxy>;
  /** Starts the proxy with so many routes, and asks each of them once: a backend, also of its health, in three seconds. */
  askEach(driver: ProxyDriver, changes: readonly Partial<Plan>[]): Promise<Asked>;
  /** Upstreams that are not there: unix sockets `first.sock` and `second.sock` without their files. */
  readonly absent: readonly [Partial<Plan>, Partial<Plan>];
}

/** What has become of a proxy's routes when each was asked. */
export interface Asked {
  readonly proxy: RunningProxy;
  readonly statuses: readonly (number | undefined)[];
  /** The proxy's words about each route. To be polled: a log is written behind the answer. */
  said(): Promise<(readonly string[])[]>;
}

/** A stand for one proxy; where the proxy is missing the test is skipped aloud. */
export async function standFor(driver: ProxyDriver, context: TestContext): Promise<Stand> {
  const missing = await driver.missing();
  if (missing !== undefined) skipAloud(context, missing);
  return openStand();
}

export async function openStand(): Promise<Stand> {
  const stack = new AsyncDisposableStack();
  const { path: folder } = stack.use(await temporaryFolder());
  const ca = join(folder, "ca.pem");
  await writeFile(ca, (await createAuthority("badgateway test authority")).pem);
  const { signal } = new AbortController();
  const use = async <T extends AsyncDisposable>(opening: Promise<T>) => stack.use(await opening);
  const plan = (change: Partial<Plan>): Plan => ({ ...defaultPlan(defaultTimers, ca), upstreams: [], ...change });
  const patient = { timers: { ...defaultTimers, head: 3_000 } };
  const start = (driver: ProxyDriver, plans: readonly Plan[]) => use(driver.start(plans, { folder, signal }));
  const missing = (name: string) => ({ upstreams: [`unix:${join(folder, name)}.sock`] });
  return {
    folder,
    plan,
    use,
    start,
    async askEach(driver, changes) {
      const plans = changes.map((change) => plan({ ...patient, ...change }));
      const proxy = await start(driver, plans);
      const answers = await Promise.all(proxy.routes.map((route) => ask(route)));
      const said = () => Promise.all(proxy.routes.map((_, index) => proxy.said(index)));
      return { proxy, statuses: answers.map(({ status }) => status), said };
    },
    absent: [missing("first"), missing("second")],
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
