import { once } from "node:events";
import { type AddressInfo, connect, createServer, isIPv6, type Socket } from "node:net";
import { closeServer, listen, trackConnections } from "./listen.ts";
import { freshLoopback } from "./loopback.ts";

export interface HeldPort extends AsyncDisposable {
  readonly port: number;
}

/**
 * Keeps a port on which nobody listens: an own connection has it as its local port. Whoever connects to it is refused,
 * and the kernel gives it to nobody else meanwhile. A port that is merely free may be a neighbour's a moment later.
 * @param port the one to hold; one of the kernel's choice unless told
 * @throws Error (EADDRINUSE) when somebody else has it
 */
export async function holdPort(address: string, port = 0): Promise<HeldPort> {
  const keeper = createServer();
  const accepted = trackConnections(keeper);
  // On an address of its own where there is one: the kernel might give it the very port that a neighbour is about to hold.
  const host = isIPv6(address) ? address : freshLoopback();
  const { port: farPort } = await listen(keeper, { host });
  const held: Socket = connect({ host, port: farPort, localAddress: address, localPort: port });
  const close = async () => {
    held.destroy();
    await closeServer(keeper, accepted);
  };
  try {
    await once(held, "connect");
  } catch (error) {
    await close();
    throw error;
  }
  const { port: localPort } = held.address() as AddressInfo;
  return { port: localPort, [Symbol.asyncDispose]: close };
}
