import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { connect, createServer, type Socket } from "node:net";
import { Worker } from "node:worker_threads";
import { closeServer, listen, trackConnections } from "../../harness/net/listen.ts";
import { freshLoopback } from "../../harness/net/loopback.ts";

/** A plain backend for the contract suite, which must not depend on the faults that the lab plays. */
export interface PlainBackend extends AsyncDisposable {
  /** `http://address:port` */
  readonly url: string;
  /** Begins to misbehave: some proxies look at their backends when they start, and must find them sound. */
  arm?(): Promise<void>;
}

/** Does with each connection what it is told, and nothing else. */
export async function tcpBackend(handle: (socket: Socket) => void): Promise<PlainBackend> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on("error", () => {}); // the proxy may reset it: that is its right
    handle(socket);
  });
  const connections = trackConnections(server);
  const { address, port } = await listen(server, { host: freshLoopback() });
  return { url: `http://${address}:${port}`, [Symbol.asyncDispose]: () => closeServer(server, connections) };
}

/** @param path a unix socket instead of an address */
export async function httpBackend(answer: RequestListener, path?: string): Promise<PlainBackend> {
  const server = createHttpServer(answer);
  const connections = trackConnections(server);
  const host = freshLoopback();
  const { port } = await listen(server, path ? { path } : { host });
  const url = path ? `unix:${path}` : `http://${host}:${port}`;
  return { url, [Symbol.asyncDispose]: () => closeServer(server, connections) };
}

/** A DNS server that takes every question and never answers. Its `url` is `address:port`. */
export async function silentResolver(): Promise<PlainBackend> {
  const socket = createSocket("udp4");
  socket.bind(0, freshLoopback());
  await once(socket, "listening");
  const { address, port } = socket.address();
  return {
    url: `${address}:${port}`,
    async [Symbol.asyncDispose]() {
      socket.close();
      await once(socket, "close");
    },
  };
}

/**
 * An address where, once it is armed, no SYN is answered: a listener that does not accept any more, with its queue full.
 * Node turns a backlog of 0 into 511, so it is 1, and two connections fill it.
 */
export async function blackHole(): Promise<PlainBackend> {
  const host = freshLoopback();
  const worker = new Worker(goingDeaf, { eval: true, workerData: { host } });
  const [port] = await once(worker, "message");
  const filling: Socket[] = [];
  return {
    url: `http://${host}:${port}`,
    async arm() {
      worker.postMessage("deaf");
      await once(worker, "message");
      filling.push(connect(port, host), connect(port, host));
      await Promise.all(filling.map((socket) => once(socket, "connect")));
    },
    async [Symbol.asyncDispose]() {
      for (const socket of filling) socket.on("error", () => {}).destroy();
      await worker.terminate();
    },
  };
}

const goingDeaf = `
  const { parentPort, workerData } = require("node:worker_threads");
  const server = require("node:net").createServer((socket) => socket.destroy());
  server.listen({ ...workerData, port: 0, backlog: 1 }, () => parentPort.postMessage(server.address().port));
  parentPort.once("message", () => {
    parentPort.postMessage("deaf");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
`;
