import type { Route } from "../../driver.ts";
import { cluster } from "./cluster.ts";
import { listener, marker } from "./listener.ts";
import { markerSocket, routeName } from "./log.ts";

/** The whole of `envoy.json`, a pure function of the routes: a listener and a cluster for each, of the same name. */
export function configuration(routes: readonly Route[]): string {
  const served = routes.map((route, index) => ({ route, name: routeName(index) }));
  const bootstrap = {
    static_resources: {
      listeners: [...served.map(({ route, name }) => listener(route, name)), marker(markerSocket)],
      clusters: served
        .filter(({ route }) => route.plan.upstreams.length > 0)
        .map(({ route, name }) => cluster(route.plan, name)),
    },
  };
  return `${JSON.stringify(bootstrap, undefined, 2)}\n`;
}
