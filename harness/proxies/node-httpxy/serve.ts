import { createServer } from "node:http";
import type { Socket } from "node:net";
import { createProxyServer } from "httpxy";
import type { Serve } from "../node/serve.ts";
import { upstreamOf } from "../node/upstream.ts";

/** As the README of httpxy has it: what `web` throws is caught and becomes a status, a 502 in place of the 500. */
const serve: Serve = (plan, log) => {
  const { agent, ...target } = upstreamOf(plan) ?? {};
  const proxy = createProxyServer({
    ...("host" in target && { target }),
    ...(agent && { agent }),
    proxyTimeout: plan.timers.head,
    upgradeTimeout: plan.timers.head,
  });
  return createServer(async (request, response) => {
    try {
      await proxy.web(request, response);
    } catch (error) {
      log(String(error));
      response.statusCode = 502;
      response.end(`Proxy error: ${error}`);
    }
  }).on("upgrade", (request, socket, head) => {
    proxy.ws(request, socket as Socket, {}, head);
  });
};

export default serve;
