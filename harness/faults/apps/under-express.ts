import type { RequestListener } from "node:http";
import express, { type ErrorRequestHandler } from "express";
import type { Voice } from "./handlings.ts";

/** The handler in an Express application, whose error handler answers 500. */
export function underExpress(handle: RequestListener, answer: Voice["answer"]): RequestListener {
  const failed: ErrorRequestHandler = (_error, _request, response, _next) => answer(response, 500);
  return express().disable("x-powered-by").use(handle).use(failed);
}
