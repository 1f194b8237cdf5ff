import type { Ground, ProxyDriver, Route, RunningProxy } from "../../driver.ts";
import { accessLine } from "../../gateway/access-text.ts";
import { readingOnce } from "../../gateway/credentials.ts";
import { type Gateway, startGateway } from "../../gateway/gateway.ts";
import { openTogether } from "../../net/open-together.ts";
import type { Plan } from "../../plan.ts";
import { packageVersion } from "../../version.ts";

/** badgateway's own gateway, in this process: one listener for each plan. It is the oracle, so its dialect is empty. */
const gateway: ProxyDriver = {
  name: "gateway",
  via: "embedded",
  unit: 1,
  dialect: { proxyStatus: true, rows: [] },
  missing: async () => undefined,
  config: (routes) => `${JSON.stringify(routes.map(configured), undefined, 2)}\n`,
  start,
};

export default gateway;

function configured({ plan, host, port }: Route): object {
  return { listen: { host, port }, ...plan };
}

async function start(plans: readonly Plan[], _ground: Ground): Promise<RunningProxy> {
  const logs: string[][] = plans.map(() => []);
  const read = readingOnce();
  await using starting = new AsyncDisposableStack();
  const gateways = await openTogether<Gateway[]>(
    starting,
    plans.map((plan, route) =>
      startGateway({ ...plan, onAnswered: (record) => void logs[route]?.push(accessLine(record)) }, read),
    ),
  );
  const running = starting.move();
  return {
    version: packageVersion(),
    routes: gateways.map(({ url }) => url),
    said: async (route) => [...(logs[route] ?? [])],
    died: () => undefined,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
