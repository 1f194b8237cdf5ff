import { createServer } from "node:http";
import { format } from "node:util";
import express from "express";
import { createProxyMiddleware } from "http-proxy-middleware";
import type { Serve } from "../node/serve.ts";
import { upstreamOf } from "../node/upstream.ts";

/** As the README of http-proxy-middleware has it: a target in an Express application; it answers errors by itself. */
const serve: Serve = (plan, log) => {
  const { agent, ...target } = upstreamOf(plan) ?? {};
  const words = (...text: unknown[]) => log(format(...text));
  const proxy = createProxyMiddleware({
    ...("host" in target && { target }),
    ...(agent && { agent }),
    proxyTimeout: plan.timers.head,
    upgradeTimeout: plan.timers.head,
    logger: { info: () => {}, warn: words, error: words },
  });
  return createServer(express().use(proxy)).on("upgrade", proxy.upgrade);
};

export default serve;
