import http from "node:http";
import https from "node:https";
import type { Serve } from "../node/serve.ts";
import { upstreamOf } from "../node/upstream.ts";

/** The twenty lines that everybody has written once: one request piped into another. */
const serve: Serve = (plan, log) => {
  const upstream = upstreamOf(plan);
  const client = upstream?.protocol === "https:" ? https : http;
  return http.createServer((request, response) => {
    const { method, url, headers } = request;
    const onward = client.request({ ...upstream, method, path: url, headers, timeout: plan.timers.head });
    onward.on("response", (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("timeout", () => {
      onward.destroy(new Error("the upstream timed out"));
    });
    onward.on("error", (error) => {
      log(String(error));
      response.writeHead(502, { "Content-Type": "text/plain" });
      response.end("Bad Gateway");
    });
    request.pipe(onward);
  });
};

export default serve;
