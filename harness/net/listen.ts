import { once } from "node:events";
import { type AddressInfo, createServer, type ListenOptions, type Server, type Socket } from "node:net";

/** Starts a server on a port of the kernel's choice and tells which, or on the path of a unix socket. */
export async function listen(server: Server, where: ListenOptions): Promise<AddressInfo> {
  // Node prefers a port, even one named but undefined, to a path; and then listens on every interface.
  server.listen(where.path === undefined ? { port: 0, ...where } : { path: where.path });
  await once(server, "listening");
  return server.address() as AddressInfo;
}

/** Follows a server's connections, so that it can be closed at once and completely. */
export function trackConnections(server: Server): Set<Socket> {
  const open = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  return open;
}

/**
 * Stops listening, destroys what is open, and waits until the port is free and the last connection has told its end:
 * a server counts as closed before its connections do.
 * @param connections those whose end has not been told yet, as `trackConnections` has them
 */
export async function closeServer(server: Server, connections: Iterable<Socket>): Promise<void> {
  const closed = server.listening ? once(server, "close") : undefined;
  if (closed) server.close();
  const ended = Array.from(connections, (socket) => {
    const told = new Promise((resolve) => socket.once("close", resolve));
    socket.destroy();
    return told;
  });
  await Promise.all([closed, ...ended]);
}

/**
 * Ports that are free on an address, for a program that cannot ask the kernel itself.
 * All are bound together, then let go: on an address of its own nobody takes them meanwhile.
 */
export async function freePorts(host: string, count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(servers.map(async (server) => (await listen(server, { host })).port));
  await Promise.all(servers.map((server) => closeServer(server, [])));
  return ports;
}

/** One such port. */
export async function freePort(host: string): Promise<number> {
  const [port = 0] = await freePorts(host, 1);
  return port;
}

/** The port that is told, or one that is free if that is 0: known before anybody listens. */
export async function portAt(host: string, told: number): Promise<number> {
  return told === 0 ? freePort(host) : told;
}
