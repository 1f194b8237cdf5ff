import type { Route } from "../../driver.ts";
import { shellWord } from "../program/shell-word.ts";
import { logFormat, markerPath } from "./log.ts";
import { path } from "./path.ts";

/**
 * The script that starts it all, a pure function of the routes. Some responses kill h2o, and with it whatever else it
 * serves at the time. So each route has a process of its own, which is small: some three megabytes. As root it stays
 * root, since the folders it needs are closed to everybody else.
 */
export function configuration(routes: readonly Route[]): string {
  return `# $0 is h2o. When one of them ends, its last words and the number of its route go to standard output.
h2o=$0
user=
[ "$(id -u)" != 0 ] || user='user: root'
serve() {
  route=$1 log=$2
  (
    { echo "$user"; cat <&3; } | "$h2o" -m worker -c /dev/stdin 2>>"$log"
    status=$?
    tail -n 3 "$log"
    echo "route $route ended with exit status $status"
  ) &
}

${routes.map(process).join("\n")}
wait
`;
}

/** One host, which takes every request that comes in at its port. */
function process({ plan, host, port, log }: Route, index: number): string {
  const lines = [
    "num-threads: 1",
    "error-log.emit-request-errors: OFF",
    // Towards the client nothing runs out before the client's own patience does.
    "http1-request-timeout: 60",
    "http1-upgrade-to-http2: OFF",
    "listen:",
    `  host: ${host}`,
    `  port: ${port}`,
    "access-log:",
    `  path: ${JSON.stringify(log)}`,
    `  format: ${JSON.stringify(logFormat)}`,
    "hosts:",
    "  default:",
    "    paths:",
    "      /:",
    ...path(plan).map((line) => `        ${line}`),
    // Where h2o answers by itself, so that we can tell how far its log has come.
    `      ${markerPath}:`,
    "        redirect: { status: 307, url: / }",
  ];
  return `# http://${host}:${port} -> ${plan.upstreams.join(" ")}
serve ${index + 1} ${shellWord(log)} 3<<'END'
${lines.join("\n")}
END
`;
}
