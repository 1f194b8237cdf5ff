import type { Route } from "../../driver.ts";
import type { Plan } from "../../plan.ts";
import { host } from "./host.ts";

/**
 * The whole of `lighttpd.conf`, a pure function of the routes. Relative paths are below the folder it is started in.
 * What belongs to no route (its start) goes to standard error, where we read it.
 */
export function configuration(routes: readonly Route[]): string {
  const [first] = routes;
  return `server.modules = ( "mod_proxy" )
server.document-root = "documents"
server.upload-dirs = ( "uploads" )
server.pid-file = "lighttpd.pid"
server.max-fds = 8192
server.bind = ${quoted(first?.host ?? "")}
server.port = ${first?.port ?? 0}

# Towards the client nothing runs out before the client's own patience does.
server.max-read-idle = 60
server.max-write-idle = 360
server.max-keep-alive-idle = 60
server.max-keep-alive-requests = 1000

# The backend meets the request as the client sends it, not after the last octet. The response is buffered whole, as it
# is out of the box, which is what people run: a fault in the body is met as they meet it.
server.stream-request-body = 2

proxy.header = ( "upgrade" => "enable" )
proxy.balance = "round-robin"

${routes.map(socket).join("\n")}`;
}

/** The first route's socket is the server's own. */
function socket({ plan, host, port, log }: Route): string {
  const lines = [`server.errorlog = ${quoted(log)}`, ...passing(plan)];
  return `$SERVER["socket"] == "${host}:${port}" {
${lines.map((line) => `  ${line}`).join("\n")}
}
`;
}

function passing(plan: Plan): string[] {
  if (plan.upstreams.length === 0) return [];
  return ['proxy.server = ( "" => (', ...plan.upstreams.map((url) => `  ${host(url, plan)},`), ") )"];
}

/** As lighttpd takes it literally. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
