import proxy from "@fastify/http-proxy";
import fastify from "fastify";
import { lookupAt } from "../node/lookup.ts";
import type { Log, Serve } from "../node/serve.ts";
import { tlsOf } from "../node/tls.ts";

/**
 * As the README of @fastify/http-proxy has it: the plugin with an upstream; Fastify answers errors. Its client is undici,
 * with pools, timers and TLS of its own. Unless the plan wants retries the plugin is told of no method that may be
 * repeated: it would send every GET that is answered 503 ten times more.
 */
const serve: Serve = async (plan, log) => {
  const [upstream = ""] = plan.upstreams;
  const { connect, head, idle, resolve } = plan.timers;
  const server = fastify({ logger: { level: "warn", base: null, timestamp: false, stream: { write: words(log) } } });
  server.register(proxy, {
    upstream: upstream.replace(/^unix:(.*)/, (_, path) => `unix+http://${encodeURIComponent(path)}/`),
    websocket: true,
    ...(plan.retries === 0 && { retryMethods: [] }),
    replyOptions: { retriesCount: plan.retries },
    undici: {
      pipelining: plan.keepAlive ? 1 : 0,
      ...(plan.connections !== undefined && { connections: plan.connections }),
      headersTimeout: ticks(head),
      bodyTimeout: ticks(idle),
      connect: {
        timeout: ticks(connect),
        ...(plan.resolver !== undefined && { lookup: lookupAt(plan.resolver, ticks(resolve)) }),
        ...(upstream.startsWith("https:") && tlsOf(plan)),
      },
    },
  });
  await server.ready();
  return server.server;
};

export default serve;

/** The clock of undici's timers ticks every 499 ms, and a timer begins with the tick that follows. */
function ticks(milliseconds: number): number {
  return Math.ceil(milliseconds / 500) * 500;
}

interface Entry {
  readonly msg: string;
  readonly err?: { readonly type: string; readonly code?: string; readonly message: string };
}

function words(log: Log): (line: string) => void {
  return (line) => {
    const { msg, err }: Entry = JSON.parse(line);
    log(err ? `${msg}: ${err.type} ${err.code ?? ""}: ${err.message}` : msg);
  };
}
