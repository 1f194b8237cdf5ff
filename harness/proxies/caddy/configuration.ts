import type { Route } from "../../driver.ts";
import { proxyLog, serverName } from "./names.ts";
import { reverseProxy } from "./reverse-proxy.ts";

/**
 * The whole configuration, as the JSON that Caddy calls its native language; a pure function of the routes. Relative
 * paths are below the folder in which Caddy is started.
 */
export function configuration(routes: readonly Route[]): string {
  return `${JSON.stringify(
    {
      admin: { disabled: true, config: { persist: false } },
      storage: { module: "file_system", root: "storage" },
      logging: { logs: logs(routes) },
      apps: {
        http: {
          // Without this Caddy would wait for its clients when it is closed.
          grace_period: "1ms",
          servers: Object.fromEntries(routes.map((route, index) => [serverName(index), server(route, index)])),
        },
      },
    },
    undefined,
    2,
  )}\n`;
}

/**
 * A file for the access and error log of each server. The reverse proxy's own logger is one for all of them; what is
 * left, Caddy's start among it, goes to standard error, where we read it.
 */
function logs(routes: readonly Route[]): object {
  const file = (filename: string) => ({ output: "file", filename, roll: false });
  const handler = "http.handlers.reverse_proxy";
  return {
    default: { writer: { output: "stderr" }, exclude: [handler, "http.log.access", "http.log.error"] },
    proxy: { writer: file(proxyLog), include: [handler] },
    ...Object.fromEntries(
      routes.map(({ log }, index) => [
        serverName(index),
        {
          writer: file(log),
          include: [`http.log.access.${serverName(index)}`, `http.log.error.${serverName(index)}`],
        },
      ]),
    ),
  };
}

function server({ plan, host, port }: Route, index: number): object {
  return {
    listen: [`${host}:${port}`],
    protocols: ["h1"],
    automatic_https: { disable: true },
    logs: { default_logger_name: serverName(index) },
    routes: [{ handle: [reverseProxy(plan)] }],
  };
}
