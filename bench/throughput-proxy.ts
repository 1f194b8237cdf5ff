/** One of the proxies of `throughput.ts`, in a process of its own: `node throughput-proxy.ts <kind> <upstream>`. */
import { createWriteStream } from "node:fs";
import { Agent, request as ask, createServer, type RequestListener } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import type HttpProxy from "http-proxy";
import { openAccessLog } from "../harness/cli/gateway-log.ts";
import { startGateway } from "../harness/gateway/gateway.ts";

/** The kinds compared; the second is what ours is measured against. */
export const kinds = ["gateway", "http-proxy", "gateway with its log", "node:http"] as const;
export type Kind = (typeof kinds)[number];

/** What the process tells when it is asked, and at first by itself. */
export interface Told {
  readonly port: number;
  /** Processor time it has used so far, in microseconds. */
  readonly cpu: number;
}

const timers = { resolve: 5_000, connect: 5_000, tls: 5_000, send: 30_000, head: 30_000, idle: 30_000, total: 0 };
const agent = new Agent({ keepAlive: true });

const starts: Readonly<Record<Kind, (upstream: string) => Promise<number>>> = {
  gateway: async (upstream) => Number((await startGateway({ upstreams: [upstream], timers })).url.port),
  "gateway with its log": async (upstream) => {
    const { answered: onAnswered } = openAccessLog("text", createWriteStream("/dev/null"));
    const gateway = await startGateway({ upstreams: [upstream], timers, ...(onAnswered && { onAnswered }) });
    return Number(gateway.url.port);
  },
  "http-proxy": (upstream) => {
    const bare: typeof HttpProxy = createRequire(import.meta.url)("http-proxy");
    const proxy = bare.createProxyServer({ target: upstream, agent });
    return serve((request, response) => proxy.web(request, response));
  },
  "node:http": (upstream) => {
    const { hostname, port } = new URL(upstream);
    return serve((request, response) => {
      const { method, url: path, headers } = request;
      const further = ask({ hostname, port, method, path, headers, agent }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      request.pipe(further);
    });
  },
};

function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  const { promise, resolve } = Promise.withResolvers<number>();
  server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  return promise;
}

if (process.send) {
  const [kind, upstream = ""] = process.argv.slice(2);
  const start = starts[kind as Kind];
  const port = await start(upstream);
  const tell = () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ port, cpu: user + system } satisfies Told);
  };
  process.on("message", tell);
  process.on("disconnect", () => process.exit());
  tell();
}
