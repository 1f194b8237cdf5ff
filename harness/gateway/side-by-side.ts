import { closeServer, trackConnections } from "../net/listen.ts";
import { readCredentials } from "./credentials.ts";
import { serverFor } from "./downstream.ts";
import { Exchange } from "./exchange.ts";
import { listening } from "./listener.ts";
import type { Surroundings } from "./manner.ts";
import { type GatewaySettings, withDefaults } from "./options.ts";
import type { Party } from "./party.ts";
import { Upstreams } from "./upstreams.ts";

/** What gateways that stand side by side have of their own: how they look and whom they tell. */
export type Side = Pick<GatewaySettings, "profile" | "name" | "signature" | "onAnswered">;

/** Several gateways that are one towards the upstreams. */
export interface SideBySide extends AsyncDisposable {
  /** Where each one listens, in their order. */
  readonly urls: readonly URL[];
}

/**
 * Starts gateways that share their upstreams, and one exchange with them: once the same request has come to each, the
 * first one's goes to the upstream, and what comes of it every one tells its own client in its own way. So a fault has
 * to happen only once for sixteen profiles to answer it. Requests are matched by their number on each gateway, so who
 * asks must ask all of them.
 * @throws OptionError when an option is wrong, or a file cannot be read
 */
export async function startSideBySide(sides: readonly Side[], settings: GatewaySettings): Promise<SideBySide> {
  const all = sides.map((side) => withDefaults({ ...settings, ...side }));
  const [lead = withDefaults(settings)] = all;
  const upstreams = new Upstreams(lead, await readCredentials(lead.trust, lead.profile?.trusting === undefined));
  /** Whose request has come to each, and not yet to all. */
  const waiting: Party[][] = sides.map(() => []);
  const surroundings = all.map((options, side): Surroundings => {
    const meet: Surroundings["meet"] = (party) => {
      waiting[side]?.push(party);
      if (waiting.some((requests) => requests.length === 0)) return;
      begin(waiting.flatMap((requests) => requests.shift() ?? []));
    };
    return { options, upstreams, draining: false, meet };
  });
  const begin = ([first, ...others]: readonly Party[]) => {
    const [leading] = surroundings;
    if (first !== undefined && leading !== undefined) new Exchange([first, ...others], leading).start();
  };
  const servers = surroundings.map((each) => {
    const server = serverFor(each);
    return { server, connections: trackConnections(server) };
  });
  const close = async () => {
    await Promise.all(servers.map(({ server, connections }) => closeServer(server, connections)));
    upstreams.destroy();
  };
  try {
    return {
      urls: await Promise.all(servers.map(({ server }) => listening(server, lead.listen))),
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
