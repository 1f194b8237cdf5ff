import type { Server } from "node:net";
import { listen } from "../net/listen.ts";
import { messageOf } from "../net/message-of.ts";

/** An address or a port of the service is not to be had, for the reason that the message gives. */
export class Unlistenable extends Error {}

/** Starts a server at an address of the service's own and tells its port. @throws Unlistenable, whatever the reason */
export async function listenAt(server: Server, { host, port }: { host: string; port: number }): Promise<number> {
  try {
    return (await listen(server, { host, port })).port;
  } catch (error) {
    throw new Unlistenable(messageOf(error), { cause: error });
  }
}
