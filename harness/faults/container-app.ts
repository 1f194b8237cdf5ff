import { Unplaceable } from "../fault.ts";
import { type ContainerNetwork, createNetwork, holdNetwork } from "../net/container-network.ts";
import { type ContainerProgram, startContainerProgram } from "../net/container-program.ts";
import type { Stages } from "../stage.ts";
import type { App } from "./app-backends.ts";
import type { AppOrder } from "./apps/order.ts";
import { appFile, containerSite, node } from "./container-site.ts";
import { type OnLine, startReporting } from "./reporting.ts";

/** How the application behaves, and what its container may use. */
export interface ContainerConduct extends Omit<AppOrder, "sites"> {
  /** MiB, swap included. */
  readonly memory?: number;
  /** How many descriptors the process may have. */
  readonly descriptors?: number;
  /** A shell command that runs the application as `"$@"`, in a process of its own. Unset: it is the first process. */
  readonly shell?: string;
  /** Options of the runtime: `--max-old-space-size=32`. */
  readonly runtime?: readonly string[];
  /**
   * It is on our bridge network, with an address of its own, and names if told. Unless told, it is on this machine's
   * network at each trial's own loopback address: a network namespace costs 0.2 s.
   */
  readonly bridged?: Bridged;
}

/** The application in its container, while it runs. Disposing removes it, and the network if it was the last. */
export interface ContainerApp extends App {
  readonly program: ContainerProgram;
  readonly network: ContainerNetwork | undefined;
}

interface Bridged {
  readonly aliases?: readonly string[];
  /** Nobody else's containers are in its network. */
  readonly apart?: true;
}

/** On an address of its own every port is free; one that is known survives a restart. The first of the sites' ports. */
const bridgedPort = 8080;

/** A real application in a container of its own, which serves every stage at a site of its own. Resolves when it listens. */
export async function openContainerApp(
  stages: Stages,
  { memory, descriptors, shell, runtime = [], bridged, ...conduct }: ContainerConduct,
  onLine?: OnLine,
): Promise<ContainerApp> {
  if (bridged && stages.some(({ port }) => port !== 0)) throw new Unplaceable("a container with an address of its own");
  await using opening = new AsyncDisposableStack();
  const site = await containerSite(stages[0].signal);
  const network = bridged && opening.use(await (bridged.apart ? createNetwork() : holdNetwork()));
  const address = network?.freshAddress();
  const aliases = bridged?.aliases && { aliases: bridged.aliases };
  const order: AppOrder = {
    ...conduct,
    sites: stages.map(({ address, port, nonce }, site) =>
      network ? { host: "0.0.0.0", port: bridgedPort + site, nonce } : { host: address, port, nonce },
    ),
  };
  const start = (heard: (line: string) => void) =>
    startContainerProgram({
      ...site,
      command: [...runtime, appFile("app"), JSON.stringify(order)],
      ...(shell !== undefined && { entrypoint: ["sh", "-c", shell, "sh", node] }),
      ...(network && address && { network: { name: network.name, address, ...aliases } }),
      ...(memory !== undefined && { memory }),
      ...(descriptors !== undefined && { descriptors }),
      onLine: heard,
    });
  const { ports, ...reporting } = await startReporting(stages, start, onLine);
  opening.use(reporting.program);
  const attached = opening.use(new DisposableStack());
  const open = opening.move();
  return {
    ...reporting,
    sites: stages.map((stage, site) => ({ stage, host: address ?? stage.address, port: ports[site] ?? stage.port })),
    network,
    attached,
    note(act, detail) {
      for (const stage of stages) stage.note(act, detail);
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}
