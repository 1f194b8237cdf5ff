import { AsyncLocalStorage } from "node:async_hooks";
import type { Server } from "node:http";
import { Socket } from "node:net";
import type { Route } from "../../driver.ts";
import { recordDeath } from "./death.ts";

/** What a process that serves one route would hold open. */
interface Life {
  readonly route: Route;
  readonly sockets: Set<Socket>;
  server?: Server;
  over: boolean;
}

/** Follows a route through everything that its program starts: callbacks, timers, promises. */
const living = new AsyncLocalStorage<Life>();

/** Runs a route's program up to where it listens, and knows from then on what belongs to it. */
export async function live(route: Route, open: () => Promise<Server>): Promise<void> {
  const life: Life = { route, sockets: new Set(), over: false };
  await living.run(life, async () => {
    const server = await open();
    life.server = server;
    server.on("connection", (socket) => hold(life, socket));
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    server.once("error", reject);
    server.listen(route.port, route.host, resolve);
    await promise;
    server.off("error", reject);
  });
}

/** An exception that nobody catches is put down for the route it belongs to, before its process ends. */
export function recordDeaths(): void {
  process.on("uncaughtExceptionMonitor", (error) => {
    const life = living.getStore();
    if (life && !life.over) recordDeath(life.route.log, error);
  });
}

/**
 * From now on such an exception ends the route alone, where it would end the process, which here is that of many
 * routes for the sake of a run. What the wire sees is the same: the kernel closes what the process held open, and
 * whatever had not yet been handed to the kernel is lost. An exception of no route ends the process indeed.
 */
export function dieApart(): void {
  Socket.prototype.connect = new Proxy(Socket.prototype.connect, {
    apply(connect, socket: Socket, args) {
      const life = living.getStore();
      if (life) hold(life, socket);
      return Reflect.apply(connect, socket, args);
    },
  });
  process.on("uncaughtException", (error) => {
    const life = living.getStore();
    if (life) return end(life);
    console.error(error);
    process.exit(1);
  });
}

function hold({ sockets, over }: Life, socket: Socket): void {
  if (over) return void socket.destroy();
  sockets.add(socket);
  socket.once("close", () => sockets.delete(socket));
}

function end(life: Life): void {
  life.over = true;
  life.server?.close();
  for (const socket of life.sockets) socket.destroy();
}
