import { dirname, join } from "node:path";
import type { Route } from "../../driver.ts";
import { recordLog } from "./log.ts";
import { markerName, markerSocket, routeName } from "./names.ts";

/** Holds what of the command line depends on the routes, one word a line. */
export const argumentsFile = "arguments";

/** The folder, below the one in which Varnish runs, in which it keeps its own. */
export const instance = "instance";

const recorded = [
  "VCL_Log",
  "FetchError",
  "HttpGarbage",
  "BogoHeader",
  "LostHeader",
  "Error",
  "BerespStatus",
  "Backend_health",
];

/** Varnish keeps its log in memory; a second program, which waits for the first, writes it down. */
export const starter = [
  `varnishlog -n "$PWD/${instance}" -t 30 -g raw -u -A -w ${recordLog} -i ${recorded.join(",")} &`,
  `while IFS= read -r word; do set -- "$@" "$word"; done <${argumentsFile}`,
  'exec "$0" "$@"',
].join("\n");

/** Every route has a listener with a name, by which the VCL knows it; what else is here holds for the whole program. */
export function commandLine(routes: readonly Route[]): string {
  const listeners = [
    ...marker(routes),
    ...routes.map(({ host, port }, index) => `${routeName(index)}=${host}:${port}`),
  ];
  const words = [
    ...listeners.flatMap((listener) => ["-a", listener]),
    ...Object.entries(parameters(routes)).flatMap(([name, value]) => ["-p", `${name}=${value}`]),
  ];
  return words.map((word) => `${word}\n`).join("");
}

function marker([first]: readonly Route[]): string[] {
  return first ? [`${markerName}=${join(dirname(first.log), markerSocket)}`] : [];
}

function parameters(routes: readonly Route[]): Record<string, string | number> {
  const headLimit = Math.max(1_024, ...routes.map(({ plan }) => plan.headLimit));
  const tunnel = Math.max(0, ...routes.map(({ plan }) => plan.timers.idle || day));
  return {
    // Every listener keeps a thread of each pool for itself.
    thread_pools: 1,
    thread_pool_min: routes.length + 100,
    // An upstream that has failed is asked again at once, not only after a while.
    backend_local_error_holddown: 0,
    backend_remote_error_holddown: 0,
    http_resp_size: headLimit,
    http_resp_hdr_len: headLimit,
    // Room for a head and what is made of it.
    workspace_backend: 65_536 + 2 * headLimit,
    workspace_client: 65_536 + 2 * headLimit,
    pipe_timeout: tunnel / 1_000,
    // The log in memory: a tenth of what it takes by default.
    vsl_space: "8M",
    // A VCL becomes C, and there is much of it with many routes; none of it needs to be fast.
    cc_command: "exec gcc -O0 -fPIC -shared -Wl,-x -o %o %s",
  };
}

/** What is off, in milliseconds: Varnish takes 0 for "at once". */
const day = 86_400_000;
