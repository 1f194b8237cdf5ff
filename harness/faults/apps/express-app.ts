/**
 * A real application in a process of its own. Sound until it reads `arm` on its standard input, when it ends every
 * connection; from then on it handles each request as it was told to. What happens it reports on its standard
 * output, one JSON object a line: `{"act":"handling","detail":"GET /report"}`.
 */
import { openSync } from "node:fs";
import { flushCompileCache } from "node:module";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import express, { type ErrorRequestHandler, type RequestHandler, type Response } from "express";
import { describedBody } from "../../body.ts";
import { giveWay } from "./give-way.ts";
import type { AppOrder, Handling } from "./order.ts";
import { isRollCall, type Report } from "./report.ts";

const order: AppOrder = JSON.parse(process.argv[2] ?? "{}");
const body = describedBody(order.nonce, 100);
let armed = false;
const told = Promise.withResolvers<void>();

/** Written at once, whatever the event loop does next: standard output is a pipe, and writes to pipes are synchronous. */
function report(act: string, detail = ""): void {
  process.stdout.write(`${JSON.stringify({ act, detail } satisfies Report)}\n`);
}

function answer(response: Response, status = 200): void {
  response.status(status).set({ "X-Origin": order.nonce, "X-Body": body.length }).type("text/plain").send(body);
}

const handlings: Record<Handling, RequestHandler> = {
  serve: (_, response) => answer(response),

  hold: () => {},

  "when-told": async (_, response) => {
    response.on("finish", () => report("answer-sent")); // handed over to the kernel
    await told.promise;
    answer(response);
  },

  /** Express sees what a handler throws; it cannot see what a callback throws later. */
  throw: () => {
    setImmediate(() => {
      throw new Error("the price list has no entry for this article");
    });
  },

  "throw-to-express": () => {
    throw new Error("the price list has no entry for this article");
  },

  "half-body": (_, response) => {
    response.set({ "X-Origin": order.nonce, "Content-Length": body.length });
    response.write(body.subarray(0, body.length / 2), () => report("half-sent", `${body.length / 2} octets`));
  },

  compute: (_, response) => {
    giveWay(19);
    const end = performance.now() + (order.compute ?? 0);
    while (performance.now() < end); // the one thread that also serves everybody else
    report("computed");
    answer(response);
  },

  hoard: (_, response) => {
    const rows: number[][] = [];
    for (let octets = 0; octets < (order.hoard ?? 0) * 2 ** 20; octets += 8 * 4096)
      rows.push(new Array(4096).fill(0.5));
    report("hoarded", `${rows.length} rows`);
    answer(response);
  },
};

const failed: ErrorRequestHandler = (_error, _request, response, _next) => answer(response, 500);

const app = express();
app.disable("x-powered-by");
app.use((request, response, next) => {
  if (!armed) return answer(response);
  report("handling", `${request.method} ${request.url}`);
  return handlings[order.handling](request, response, next);
});
app.use(failed);

/** Opens files until there are as many as told, or the process may not open any more. */
function openFiles(count: number): void {
  const opened: number[] = [];
  try {
    while (opened.length < count) opened.push(openSync("/dev/null", "r"));
    report("opened", `${opened.length} files`);
  } catch (error) {
    report("emfile", `${(error as NodeJS.ErrnoException).code} after ${opened.length} files`);
  }
}

// Not createServer of node:http: importing that by name loads a WebSocket client too, a third of the start.
const server = app.listen(order.port ?? 0, order.host, () => {
  report("listening", String((server.address() as AddressInfo).port));
  flushCompileCache(); // at its end there will be no time for that
  giveWay(10);
});

createInterface({ input: process.stdin }).on("line", (line) => {
  if (line === "answer") told.resolve();
  if (isRollCall(line)) report(line);
  if (line !== "arm") return;
  armed = true;
  server.closeAllConnections();
  if (order.openFiles) openFiles(order.openFiles);
  report("armed");
});
