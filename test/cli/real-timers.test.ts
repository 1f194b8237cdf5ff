import { expect, test } from "vitest";
import { announcement, vendorTimers, withRealTimers } from "../../harness/cli/real-timers.ts";
import { UsageError } from "../../harness/cli/usage.ts";
import { loadDrivers } from "../../harness/drivers.ts";
import { loadScenarios } from "../../harness/folder.ts";
import { run } from "../../harness/lab.ts";
import { defaultTimers } from "../../harness/plan.ts";
import { withRemedies } from "../../harness/remedy.ts";

const drivers = await loadDrivers();
const named = (...names: string[]) => drivers.filter(({ name }) => names.includes(name));
const catalogue = withRemedies(await loadScenarios());
const ids = (...wanted: string[]) => catalogue.filter(({ id }) => wanted.includes(id));

test("real timers are the vendor's: Fastly gives up connecting after a second", async () => {
  const [fastly] = withRealTimers(named("profile:fastly"));
  if (!fastly) throw new Error("there is no profile:fastly");
  const scenarios = ids("slow/connect-black-hole");
  const [cell] = await run({ drivers: [fastly], scenarios, timers: defaultTimers, seed: 1 });
  expect(cell?.verdict.kind).toBe("pass");
  expect(cell?.trial?.plan.timers).toMatchObject({ connect: 1_000, head: 15_000 });
  expect(cell?.trial?.exchanges[0]?.took).toBeGreaterThanOrEqual(995);
  expect(vendorTimers([fastly], defaultTimers).vendors).toMatchObject([{ timers: { connect: 1_000 } }]);
});

test("it is said what they are and how long they take, one proxy after the other", () => {
  const two = withRealTimers(named("profile:aws-alb", "profile:heroku"));
  const told = announcement(two, ids("slow/never-answers"));
  expect(told).toMatch(/^profile:aws-alb: connect 10 s, tls 10 s, head 60 s, idle 60 s$/m);
  expect(told).toMatch(/^Real timers: this takes up to 2 min\.$/m);
  expect(announcement(two, ids("crash/refused"))).toMatch(/up to 0 s/);
});

test("who imitates nobody has none", () => {
  expect(() => withRealTimers(named("profile:fastly", "gateway"))).toThrow(UsageError);
  expect(() => withRealTimers(named("gateway"))).toThrow("--timers real: wanted profiles alone");
});
