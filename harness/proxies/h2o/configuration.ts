import type { Route } from "../../driver.ts";
import { logFormat } from "./log.ts";
import { path } from "./path.ts";

/**
 * The whole of `h2o.conf`, a pure function of the routes. What depends on who starts h2o (the user that it becomes)
 * stands in a file of its own around it. What belongs to no route (its start) goes to standard error, where we read it.
 */
export function configuration(routes: readonly Route[]): string {
  return `num-threads: 1
max-connections: 4096
error-log.emit-request-errors: OFF

# Towards the client nothing runs out before the client's own patience does.
http1-request-timeout: 60
http1-upgrade-to-http2: OFF

hosts:
${routes.map(host).join("")}`;
}

/** A host with a port of its own takes every request that comes in there. */
function host(route: Route, index: number): string {
  return `  route_${index + 1}:
    listen:
      host: ${route.host}
      port: ${route.port}
    access-log:
      path: ${JSON.stringify(route.log)}
      format: ${JSON.stringify(logFormat)}
    paths:
      /:
${path(route.plan)
  .map((line) => `        ${line}\n`)
  .join("")}`;
}

/** As root h2o stays root: the folders it needs are closed to everybody else. */
export function rootConfiguration(file: string): string {
  return `user: root\n<<: !file ${file}\n`;
}
