import type { Route } from "../../driver.ts";
import { backends } from "./backends.ts";
import { markerName, routeName } from "./names.ts";

/**
 * The whole VCL, a pure function of the routes. Varnish passes every request: nothing is kept, nothing answered from
 * what was kept. Listeners and parameters are on its command line.
 */
export function configuration(routes: readonly Route[]): string {
  return `vcl 4.1;

import directors;
import std;

# A VCL wants a backend; a route without one has this.
backend default none;

${routes.map(({ plan }, index) => backends(plan, index)).join("")}
sub vcl_init {
${routes.map(directed).join("")}}

sub vcl_recv {
  if (local.socket == "${markerName}") { std.log("marker " + req.url); return (synth(204)); }
${routes.map(chosen).join("")}  if (req.http.Upgrade ~ "(?i)^websocket$") { return (pipe); }
  return (pass);
}

sub vcl_pipe {
  set bereq.http.Connection = req.http.Connection;
  set bereq.http.Upgrade = req.http.Upgrade;
  return (pipe);
}

sub vcl_backend_fetch {
  # The log's records of a fetch name no listener, and a backend only once there is a connection.
  std.log(local.socket);
${routes.map(closed).join("")}}

sub vcl_backend_error {
${routes.map(repeated).join("")}}
`;
}

function directed({ plan }: Route, index: number): string {
  if (plan.upstreams.length < 2) return "";
  const name = routeName(index);
  const added = plan.upstreams.map((_, place) => `  ${name}.add_backend(${name}_${place + 1});\n`).join("");
  return `  new ${name} = directors.round_robin();\n${added}`;
}

function chosen({ plan }: Route, index: number): string {
  const name = routeName(index);
  const { length } = plan.upstreams;
  const backend = length === 0 ? "default" : length === 1 ? `${name}_1` : `${name}.backend()`;
  return on(index, `set req.backend_hint = ${backend};`);
}

function closed({ plan }: Route, index: number): string {
  return plan.keepAlive ? "" : on(index, 'set bereq.http.Connection = "close";');
}

/** Once its content has been sent, Varnish itself repeats no request: it does not keep it. */
function repeated({ plan }: Route, index: number): string {
  return plan.retries === 0 ? "" : on(index, `if (bereq.retries < ${plan.retries}) { return (retry); }`);
}

function on(index: number, statement: string): string {
  return `  if (local.socket == "${routeName(index)}") { ${statement} }\n`;
}
