import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { reset } from "../net/reset.ts";
import { switchingFields } from "./forwarding.ts";

/**
 * Passes bytes both ways after a 101. An end passes through as an end, a reset as a reset: the client must see that
 * the conversation was broken off.
 * @param early what the client, and what the upstream, have sent behind their heads already
 */
export function tunnel(
  incoming: IncomingMessage,
  response: ServerResponse,
  upstream: Socket,
  early: { readonly client: Buffer; readonly upstream: Buffer },
  name: string,
  ended: () => void,
): void {
  const client = response.socket;
  if (client === null) {
    upstream.destroy();
    return;
  }
  response.writeHead(101, incoming.statusMessage ?? "", switchingFields(incoming, name).flat());
  response.flushHeaders();
  response.detachSocket(client);
  client.setNoDelay(true);
  if (early.upstream.length > 0) client.write(early.upstream);
  if (early.client.length > 0) upstream.write(early.client);
  client.pipe(upstream);
  upstream.pipe(client);
  client.once("error", () => upstream.destroy());
  upstream.once("error", () => reset(client));
  client.once("close", () => {
    upstream.destroy();
    ended();
  });
  upstream.once("close", () => client.destroySoon());
}
