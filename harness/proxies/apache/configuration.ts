import type { Route } from "../../driver.ts";
import { logFormat } from "./log.ts";
import { virtualHost } from "./virtual-host.ts";

/** Where Debian has the modules. */
const modules = "/usr/lib/apache2/modules";

/** What is not compiled in, in the order in which one needs the other. */
const loaded = [
  "mpm_event",
  "authz_core",
  "slotmem_shm",
  "proxy",
  "proxy_http",
  "proxy_balancer",
  "lbmethod_byrequests",
  "proxy_hcheck",
  "ssl",
];

/**
 * The whole of the configuration, a pure function of the routes. One child serves all of them, as pools of upstream
 * connections and their limits count for each child; it has threads enough for every request of a run to wait at once.
 */
export function configuration(routes: readonly Route[]): string {
  return `ServerName localhost
DefaultRuntimeDir \${ground}
PidFile \${ground}/apache.pid
# Our end of standard error is a socket, which cannot be opened a second time by its name.
ErrorLog "|/bin/cat"
LogLevel notice
${loaded.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join("\n")}

StartServers 1
ServerLimit 1
ThreadLimit 1024
ThreadsPerChild 1024
MaxRequestWorkers 1024
ThreadStackSize 262144

# Towards the client nothing runs out before the client's own patience does.
Timeout 60
KeepAliveTimeout 60
MaxKeepAliveRequests 0
LimitRequestBody 0

# No time, no process and no port of the client's: they differ from run to run.
ErrorLogFormat "${logFormat.error}"
LogFormat "${logFormat.access}" access

${routes.map(virtualHost).join("\n")}`;
}
