import { join } from "node:path";
import type { Route } from "../../driver.ts";
import { freePorts } from "../../net/listen.ts";
import { freshLoopback } from "../../net/loopback.ts";
import type { Plan } from "../../plan.ts";

/** Each route has a port of its own, on an address that belongs to this proxy alone, and a log in the folder. */
export async function routesFor(plans: readonly Plan[], folder: string): Promise<Route[]> {
  const host = freshLoopback();
  const ports = await freePorts(host, plans.length);
  return plans.map((plan, index) => ({ plan, host, port: ports[index] ?? 0, log: join(folder, `${index + 1}.log`) }));
}
