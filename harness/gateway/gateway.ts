import { closeServer, trackConnections } from "../net/listen.ts";
import { type ReadCredentials, readCredentials } from "./credentials.ts";
import { serverFor } from "./downstream.ts";
import { drain, listening } from "./listener.ts";
import type { Surroundings } from "./manner.ts";
import { type GatewayOptions, type GatewaySettings, withDefaults } from "./options.ts";
import { Upstreams } from "./upstreams.ts";

/** A reverse proxy that answers every fault of its upstreams as RFC 9110, 9112 and 9209 ask. Disposing closes at once. */
export interface Gateway extends AsyncDisposable {
  readonly url: URL;
  readonly options: GatewayOptions;
  /**
   * Closes gracefully: takes no connection any more, lets every request under way end, then closes.
   * @param patience milliseconds after which what is left is closed all the same
   * @returns whether everything had ended by itself
   */
  drain(patience: number): Promise<boolean>;
}

/** @throws OptionError when an option is wrong, a file cannot be read, or the address cannot be listened on */
export async function startGateway(
  settings: GatewaySettings,
  read: ReadCredentials = readCredentials,
): Promise<Gateway> {
  const options = withDefaults(settings);
  const upstreams = new Upstreams(options, await read(options.trust, options.profile?.trusting === undefined));
  const surroundings: Surroundings = { options, upstreams, draining: false };
  const server = serverFor(surroundings);
  const clients = trackConnections(server);
  // Clients first: whoever leaves takes the exchange along, and an upstream that ends before it would be taken for broken.
  const close = async () => {
    await closeServer(server, clients);
    upstreams.destroy();
  };
  try {
    const url = await listening(server, options.listen);
    return {
      url,
      options,
      drain: async (patience) => {
        surroundings.draining = true;
        const drained = await drain(server, patience);
        await close();
        return drained;
      },
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    upstreams.destroy();
    throw error;
  }
}
