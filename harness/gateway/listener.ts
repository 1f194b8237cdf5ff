import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { withDeadline } from "../net/deadline.ts";
import { messageOf } from "../net/message-of.ts";
import { OptionError } from "./option-error.ts";
import type { GatewayOptions } from "./options.ts";

/** @throws OptionError when the address cannot be listened on */
export async function listening(server: Server, { host, port }: GatewayOptions["listen"]): Promise<URL> {
  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (error) {
    const reason = messageOf(error);
    const name = host.includes(":") ? `[${host}]` : host;
    throw new OptionError("listen", "a free address of this machine", `${name}:${port}: ${reason}`, { cause: error });
  }
  const address = server.address() as AddressInfo;
  const name = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return new URL(`http://${name}:${address.port}`);
}

/** Stops listening and waits until the last client's connection has ended by itself. Tells whether it has. */
export async function drain(server: Server, patience: number): Promise<boolean> {
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  return withDeadline(closed, patience, "the clients' connections did not end").then(
    () => true,
    () => false,
  );
}
