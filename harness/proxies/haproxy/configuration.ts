import type { Route } from "../../driver.ts";
import { adminSocket } from "./admin.ts";
import { backend, namedUpstream } from "./backend.ts";
import { routeName } from "./names.ts";

/** HAProxy keeps so many bytes of each buffer free for fields that it may add: `tune.maxrewrite`, out of the box. */
const kept = 1_024;

/**
 * The whole of `haproxy.cfg`, a pure function of the routes: a frontend and a backend for each, of the same name.
 * One thread: idle connections belong to threads, and a second one would make reuse a matter of chance.
 * What it logs goes to standard output, where we read it.
 */
export function configuration(routes: readonly Route[]): string {
  const headLimit = Math.max(1_024, ...routes.map(({ plan }) => plan.headLimit));
  return `global
  log stdout format raw local0
  stats socket unix@${adminSocket}
  nbthread 1
  maxconn 2000
  # A head has to fit in one buffer, of one size for all routes; a lower limit is a rule of its backend.
  tune.bufsize ${headLimit + kept}
  tune.maxrewrite ${kept}

defaults
  log global
  mode http
  # The clock towards the client is not the subject, and must not run out first.
  timeout client 1h
  log-format "${logFormat}"
  # Whoever connects and asks nothing is no word about a request.
  option dontlognull
  # As it is out of the box: the first request of a client's connection always has a connection of its own.
  http-reuse safe

${routes.map((route, index) => section(route, index, headLimit)).join("\n")}`;
}

/**
 * Frontend, status, termination state, server, retries, what ailed the connection (where there was one), request.
 * No address, no port, no time: they differ from run to run.
 */
const logFormat =
  "%f %ST %ts %s retries=%rc connection=[%[bc_err_str]] tls=[%[ssl_bc_err_str]] %[method] %[capture.req.uri]";

function section(route: Route, index: number, headLimit: number): string {
  const name = routeName(index);
  const { plan, host, port } = route;
  const named = namedUpstream(plan);
  return [
    ...(named ? resolvers(name, named.resolver, plan.timers.resolve) : []),
    `frontend ${name}`,
    `  bind ${host}:${port}`,
    ...(named
      ? [
          `  http-request do-resolve(txn.address,${name}) str(${named.host})`,
          // Without a backend HAProxy answers as it does without a server.
          `  use_backend ${name} if { var(txn.address) -m found }`,
        ]
      : [`  default_backend ${name}`]),
    `backend ${name}`,
    ...backend(plan, index, headLimit).map((line) => `  ${line}`),
    "",
  ].join("\n");
}

/** One question for each request: no answer, good or bad, is kept, and none is asked for twice. */
function resolvers(name: string, resolver: string, resolve: number): string[] {
  const holds = ["nx", "refused", "timeout", "other", "valid", "obsolete"];
  return [
    `resolvers ${name}`,
    `  nameserver origin ${resolver}`,
    "  resolve_retries 1",
    `  timeout resolve ${resolve}`,
    `  timeout retry ${resolve}`,
    ...holds.map((status) => `  hold ${status} 0`),
  ];
}
