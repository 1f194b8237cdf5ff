import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { reset } from "../net/reset.ts";
import { switchingFields } from "./forwarding.ts";
import type { Party } from "./party.ts";

/**
 * Passes bytes both ways after a 101. An end passes through as an end, a reset as a reset: the client must see that
 * the conversation was broken off. Of several parties the first speaks, and all hear; it lasts as long as one is there.
 *
 *     first ⇄ upstream → others
 * @param early what the upstream has sent behind its head already
 */
export function tunnel(
  incoming: IncomingMessage,
  upstream: Socket,
  early: Buffer,
  parties: readonly Party[],
  name: string,
): void {
  const fields = switchingFields(incoming, name).flat();
  const clients = new Set<Socket>();
  for (const party of parties) {
    const client = switched(party, incoming, fields);
    if (client === null) continue;
    const speaks = clients.size === 0;
    clients.add(client);
    if (early.length > 0) client.write(early);
    if (speaks) {
      const { switching } = party.manner;
      if (switching !== undefined && switching.length > 0) upstream.write(switching);
      client.pipe(upstream);
    } else client.resume();
    upstream.pipe(client);
    client.once("error", () => client.destroy());
    client.once("close", () => {
      clients.delete(client);
      if (clients.size === 0) upstream.destroy();
      party.tell();
    });
  }
  if (clients.size === 0) upstream.destroy();
  upstream.once("error", () => {
    for (const client of clients) reset(client);
  });
  upstream.once("close", () => {
    for (const client of clients) client.destroySoon();
  });
}

/** Hands the 101 to a client and takes its connection over, unless it has left. */
function switched(party: Party, incoming: IncomingMessage, fields: string[]): Socket | null {
  const { response, log } = party;
  const client = response.socket;
  if (client === null || client.destroyed) return null;
  log.outcome = "switched";
  response.writeHead(101, incoming.statusMessage ?? "", fields);
  response.flushHeaders();
  response.detachSocket(client);
  return client.setNoDelay(true);
}
