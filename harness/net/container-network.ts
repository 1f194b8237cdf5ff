import { randomInt } from "node:crypto";
import { type Engine, openEngine } from "./container-client.ts";
import { type ContainerLabel, freshLabel } from "./container-label.ts";
import { unlessGone } from "./labelled-containers.ts";
import { watch } from "./watchdog.ts";

/**
 * A bridge network of our own, without a way out: this machine reaches its containers by their addresses, they reach
 * each other and this machine's end of the bridge, nobody reaches anybody else. The engine's DNS serves it.
 */
export interface ContainerNetwork extends AsyncDisposable {
  readonly name: string;
  /** An address for one container, which keeps it over a restart. */
  freshAddress(): string;
  /** Takes a container's interface away, while it runs. */
  disconnect(container: string): Promise<void>;
}

/** Those who hold the network at the same time share it: to make and to remove one takes 0.1 s each. */
let shared: { holders: number; readonly network: Promise<ContainerNetwork> } | undefined;

export async function holdNetwork(): Promise<ContainerNetwork> {
  shared ??= { holders: 0, network: createNetwork() };
  const held = shared;
  held.holders += 1;
  const release = async () => {
    held.holders -= 1;
    if (held.holders > 0) return;
    if (shared === held) shared = undefined;
    await (await held.network)[Symbol.asyncDispose]();
  };
  try {
    return { ...(await held.network), [Symbol.asyncDispose]: release };
  } catch (error) {
    if (shared === held) shared = undefined;
    throw error;
  }
}

/** One of its own, for whom it matters what others do to the bridge. */
export async function createNetwork(): Promise<ContainerNetwork> {
  const engine = await openEngine();
  const label = freshLabel();
  const unwatch = watch.networks(label.filter);
  const network = engine.getNetwork(nameFor(label));
  await using opening = new AsyncDisposableStack();
  opening.defer(async () => {
    await network.remove().catch(unlessGone); // it may have been made although the answer never came
    unwatch();
  });
  const prefix = await createOnFreeSubnet(engine, label);
  let last = 1; // the bridge itself
  const open = opening.move();
  return {
    name: nameFor(label),
    freshAddress() {
      last = last < lastOfSubnet ? last + 1 : 2; // whoever had it is long gone
      return `${prefix}.${last}`;
    },
    disconnect: (container) => network.disconnect({ Container: container }),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

function nameFor({ filter }: ContainerLabel): string {
  return filter.replace("=", "-");
}

const lastOfSubnet = 254;

/** How many networks with 254 addresses each 198.18.0.0/15 holds. */
const subnets = 512;

/**
 * A subnet has to be told, or no container may be given an address. 198.18.0.0/15 is set aside for tests of networks
 * (RFC 2544, appendix C.2.2), so that nobody routes it; one that another network of the engine has is passed over.
 * @returns its first three octets
 */
async function createOnFreeSubnet(engine: Engine, label: ContainerLabel): Promise<string> {
  const start = randomInt(subnets);
  for (let tried = 0; tried < subnets; tried++) {
    const number = (start + tried) % subnets;
    const prefix = `198.${18 + (number >> 8)}.${number & 0xff}`;
    const IPAM = { Driver: "default", Config: [{ Subnet: `${prefix}.0/24` }] };
    try {
      await engine.createNetwork({ Name: nameFor(label), Labels: { ...label.labels }, Internal: true, IPAM });
      return prefix;
    } catch (error) {
      if (!(error instanceof Error && /overlap/i.test(error.message))) throw error;
    }
  }
  throw new Error("every subnet of 198.18.0.0/15 belongs to a network of the container engine: docker network prune");
}
