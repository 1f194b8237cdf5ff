import { basename } from "node:path";
import type { Route } from "../../driver.ts";
import { cacheLog, peerName, routeName } from "./names.ts";
import { peer } from "./peer.ts";
import { type Service, services } from "./services.ts";

/**
 * The whole of `squid.conf`, a pure function of the routes. Several processes share it: what Squid has for all of a
 * process together stands under the name of the service that wants it so. Logs are named as seen from the folder in
 * which Squid runs, since as root it becomes another user, to whom the way there is closed.
 */
export function configuration(routes: readonly Route[]): string {
  return `pid_filename none
cache_log ${cacheLog(serviceMacro)}
# Has it say how its first look at each peer ends: before that, none is chosen.
debug_options ALL,1 15,2
netdb_filename none
pinger_enable off
coredump_dir none
visible_hostname badgateway
icp_port 0
htcp_port 0
max_filedescriptors 8192
shutdown_lifetime 0 seconds

# Nothing is kept, and everything asked of the upstream.
cache deny all
cache_mem 0 MB
never_direct allow all

# Where this buffer is full, Squid 5.7 takes that for the client's leaving: room for the largest upload.
client_request_buffer_max_size 64 MB

# What is asked with TRACE goes no further: it shows that everything before has been logged.
acl marker method TRACE
http_access deny marker
http_access allow all

http_upgrade_request_protocols websocket allow all

# No address, no port, no time: they differ from run to run.
logformat said %Ss/%03>Hs %Sh %err_code/%err_detail
${services(routes)
  .map((service) => section(service, routes))
  .join("")}`;
}

function section({ name, common, routes: own }: Service, routes: readonly Route[]): string {
  return `
if ${serviceMacro} = ${name}
read_timeout ${common.read || day} seconds
write_timeout ${common.write || day} seconds
client_lifetime ${common.total || day} seconds
server_persistent_connections ${common.keepAlive ? "on" : "off"}
reply_header_max_size ${common.headLimit} bytes
forward_max_tries ${common.tries}
${own.flatMap((index) => (routes[index] ? [served(routes[index], index)] : [])).join("")}endif
`;
}

/** Squid puts the name of the service in its place. */
const serviceMacro = `\${service_name}`;

/** What is off, in seconds. */
const day = 86_400;

function served({ plan, host, port, log }: Route, index: number): string {
  const name = routeName(index);
  const lines = [
    `http_port ${host}:${port} accel vhost name=${name}`,
    `acl ${name} myportname ${name}`,
    `access_log stdio:${basename(log)} said ${name} !marker`,
    ...plan.upstreams.flatMap((url, place) => [
      peer(url, peerName(index, place), plan),
      `cache_peer_access ${peerName(index, place)} allow ${name}`,
    ]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}
