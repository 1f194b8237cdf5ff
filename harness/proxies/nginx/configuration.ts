import type { Route } from "../../driver.ts";
import type { Timers } from "../../plan.ts";
import { passing } from "./upstream.ts";

/**
 * The whole of `nginx.conf`, a pure function of the routes. What depends on who starts nginx (the user of the
 * workers) goes on its command line instead. Relative paths are below nginx's prefix, the folder it is started in.
 * What belongs to no route (its start, its workers) goes to standard error, where we read it.
 */
export function configuration(routes: readonly Route[]): string {
  return `daemon off;
worker_processes 1;
worker_rlimit_nofile 8192;
pid nginx.pid;
error_log stderr notice;

events {
  worker_connections 4096;
}

http {
  access_log off;
  client_body_temp_path temporary/body;
  proxy_temp_path temporary/proxy;
  fastcgi_temp_path temporary/fastcgi;
  uwsgi_temp_path temporary/uwsgi;
  scgi_temp_path temporary/scgi;

  # "Connection" towards the upstream: nothing keeps HTTP/1.1's persistence, unless the client wants to upgrade.
  map $http_upgrade $connection_kept { default upgrade; "" ""; }
  map $http_upgrade $connection_once { default upgrade; "" close; }

${routes.map(server).join("\n")}}
`;
}

function server(route: Route, index: number): string {
  const { plan } = route;
  const { upstream, location, kept } = passing(plan, `route_${index + 1}`);
  return `${upstream}  server {
    listen ${route.host}:${route.port};
    error_log ${route.log} info;
    client_max_body_size 0;
    location / {
${indent([...location, ...common(plan.headLimit, kept), ...timers(plan.timers), ...retries(plan.retries)])}
    }
  }
`;
}

function common(headLimit: number, kept: boolean): string[] {
  return [
    "proxy_http_version 1.1;",
    "proxy_set_header Host $http_host;",
    "proxy_set_header Upgrade $http_upgrade;",
    `proxy_set_header Connection ${kept ? "$connection_kept" : "$connection_once"};`,
    // The backend meets the request as the client sends it, not after the last octet.
    "proxy_request_buffering off;",
    // As it is out of the box, which is what people run: a fault in the body is met as they meet it.
    "proxy_buffering on;",
    `proxy_buffer_size ${headLimit};`,
    // No less than a head, or nginx refuses the sizes as contradictory.
    `proxy_buffers 8 ${Math.max(headLimit, 8192)};`,
  ];
}

/**
 * Of the seven clocks nginx has four. The handshake runs under `proxy_connect_timeout` again, begun anew.
 * `proxy_read_timeout` counts once for the whole head, then between two reads of the body, so that it is given the
 * head's; nothing bounds the exchange as a whole.
 */
function timers({ connect, send, head, resolve }: Timers): string[] {
  return [
    `proxy_connect_timeout ${clock(connect)};`,
    `proxy_send_timeout ${clock(send)};`,
    `proxy_read_timeout ${clock(head)};`,
    `resolver_timeout ${clock(resolve)};`,
  ];
}

/** nginx takes 0 for "at once", so that what is off becomes a day. */
function clock(milliseconds: number): string {
  return milliseconds === 0 ? "1d" : `${milliseconds}ms`;
}

function retries(count: number): string[] {
  if (count === 0) return ["proxy_next_upstream off;"];
  return ["proxy_next_upstream error timeout;", `proxy_next_upstream_tries ${count + 1};`];
}

function indent(lines: readonly string[]): string {
  return lines.map((line) => `      ${line}`).join("\n");
}
