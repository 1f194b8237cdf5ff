import type { AccessRecord } from "../../gateway/access-record.ts";
import { startGateway } from "../../gateway/gateway.ts";
import type { Hop, HopOrder, HopStory } from "../../hop.ts";
import { profileNames, profileOrImitation } from "./named.ts";

/** How long requests under way may take once nobody asks any more, in milliseconds: their own timers end them before. */
const patience = 10_000;

/** Our gateway in the shape of a managed proxy, or of one that was measured, for the middle of a chain. */
export default async function openHop(order: HopOrder): Promise<Hop> {
  const { as, upstreams, timers, address, signature, seed, told } = order;
  const profile = await profileOrImitation(as);
  if (!profile) throw new Error(`hop: no profile is called “${as}”; known: ${(await profileNames()).join(", ")}`);
  const gateway = await startGateway({
    profile,
    upstreams,
    timers,
    signature,
    seed,
    listen: { host: address, port: 0 },
    onAnswered: (record) => told(storyOf(record)),
  });
  return {
    url: gateway.url.origin,
    async ended() {
      await gateway.drain(patience);
    },
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  };
}

function storyOf({ outcome, status, cause, took, line }: AccessRecord): HopStory {
  const log = line === undefined ? "" : `; its log: ${line}`;
  switch (outcome) {
    case "own":
      return { did: "answers", detail: `${status} of its own: ${cause ?? "a page in place of the upstream's"}${log}` };
    case "relayed":
    case "switched":
      return { did: "relays", detail: `${status} of its upstream${log}` };
    case "cut":
      return { did: "breaks-off", detail: `${cause}${log}` };
    case "gone":
      return { did: "is-deserted", detail: `its client left after ${Math.round(took)} ms${log}` };
  }
}
