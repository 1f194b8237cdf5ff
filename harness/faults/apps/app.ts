/**
 * A real application in a process of its own. Sound until it reads `arm` on its standard input, when it ends every
 * connection; from then on it handles each request as it was told to. What happens it reports on its standard
 * output, one JSON object a line: `{"act":"handling","detail":"GET /report","site":0}`.
 */
import { openSync } from "node:fs";
import type { RequestListener, Server } from "node:http";
import { flushCompileCache } from "node:module";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { giveWay } from "./give-way.ts";
import { handlingsOf, voiceOf } from "./handlings.ts";
import type { AppOrder, Site } from "./order.ts";
import { isRollCall, type Report } from "./report.ts";

// Imported by name it loads a WebSocket client too, a third of the start.
const { createServer } = process.getBuiltinModule("node:http");

const order: AppOrder = JSON.parse(process.argv[2] ?? "{}");
let armed = false;
const told = Promise.withResolvers<void>();

/** Written at once, whatever the event loop does next: standard output is a pipe, and writes to pipes are synchronous. */
function report(act: string, detail = "", site?: number): void {
  process.stdout.write(`${JSON.stringify({ act, detail, ...(site !== undefined && { site }) } satisfies Report)}\n`);
}

const handle = handlingsOf(order, { report, told: told.promise })[order.handling];
const underExpress = order.framework && (await import("./under-express.ts")).underExpress;

/** Resolves when it listens there. */
function serveAt({ host, port, nonce }: Site, index: number): Promise<Server> {
  const voice = voiceOf(nonce, (act, detail) => report(act, detail, index));
  const listener: RequestListener = (request, response) => {
    if (!armed) return voice.answer(response);
    voice.report("handling", `${request.method} ${request.url}`);
    return handle(response, voice);
  };
  const server = createServer(underExpress ? underExpress(listener, voice.answer) : listener);
  return new Promise((resolve) => {
    server.listen(port, host, () => {
      voice.report("listening", String((server.address() as AddressInfo).port));
      resolve(server);
    });
  });
}

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

const servers = await Promise.all(order.sites.map(serveAt));
flushCompileCache(); // at its end there will be no time for that
giveWay(10);

createInterface({ input: process.stdin }).on("line", (line) => {
  if (line === "go") told.resolve();
  if (isRollCall(line)) report(line);
  if (line !== "arm") return;
  armed = true;
  for (const server of servers) server.closeAllConnections();
  if (order.openFiles) openFiles(order.openFiles);
  report("armed");
});
