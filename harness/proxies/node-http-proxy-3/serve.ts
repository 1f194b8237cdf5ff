import { createServer, type ServerResponse } from "node:http";
import { createProxyServer } from "http-proxy-3";
import type { Serve } from "../node/serve.ts";
import { upstreamOf } from "../node/upstream.ts";

/** As the README of http-proxy-3 has it: a target, both timeouts, and its error handler with a 502 in place of the 500. */
const serve: Serve = (plan, log) => {
  const { agent, ...target } = upstreamOf(plan) ?? {};
  const proxy = createProxyServer({
    ...("host" in target && { target }),
    agent,
    connectTimeout: plan.timers.connect,
    proxyTimeout: plan.timers.head,
  });
  proxy.on("error", (error, _request, answering) => {
    log(String(error));
    const response = answering as ServerResponse; // which it is not when the request was an upgrade
    response.writeHead(502, { "Content-Type": "text/plain" });
    response.end("Something went wrong.");
  });
  return createServer((request, response) => {
    proxy.web(request, response);
  }).on("upgrade", (request, socket, head) => {
    proxy.ws(request, socket, head);
  });
};

export default serve;
