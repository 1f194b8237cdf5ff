import { Unplaceable } from "../fault.ts";
import { type ContainerNetwork, holdNetwork } from "../net/container-network.ts";
import { type ContainerProgram, startContainerProgram } from "../net/container-program.ts";
import type { Stage } from "../stage.ts";
import type { AppOrder } from "./apps/order.ts";
import { appFile, containerSite, node } from "./container-site.ts";
import { type OnLine, type Reporting, startReporting } from "./reporting.ts";

/** How the application behaves, and what its container may use. */
export interface ContainerConduct extends Omit<AppOrder, "host" | "port" | "nonce"> {
  /** MiB, swap included. */
  readonly memory?: number;
  /** How many descriptors the process may have. */
  readonly descriptors?: number;
  /** A shell command that runs the application as `"$@"`, in a process of its own. Unset: it is the first process. */
  readonly shell?: string;
  /** Options of the runtime: `--max-old-space-size=32`. */
  readonly runtime?: readonly string[];
  /**
   * It is on our bridge network, with an address of its own, and a name if told. Unless told, it is on this machine's
   * network at the trial's own loopback address: a network namespace costs 0.2 s.
   */
  readonly bridged?: { readonly alias?: string };
}

/** The application in its container, while it runs. Disposing removes it, and the network if it was the last. */
export interface ContainerApp extends Reporting<ContainerProgram>, AsyncDisposable {
  readonly stage: Stage;
  readonly host: string;
  readonly network: ContainerNetwork | undefined;
  /** Closed with the application. */
  readonly attached: DisposableStack;
}

/** On an address of its own every port is free; one that is known survives a restart. */
const bridgedPort = 8080;

/** A real application in a container of its own. Resolves when it listens. */
export async function openContainerApp(
  stage: Stage,
  { memory, descriptors, shell, runtime = [], bridged, ...conduct }: ContainerConduct,
  onLine?: OnLine,
): Promise<ContainerApp> {
  if (bridged && stage.port !== 0) throw new Unplaceable("a container with an address of its own");
  await using opening = new AsyncDisposableStack();
  const site = await containerSite(stage.signal);
  const network = bridged && opening.use(await holdNetwork());
  const host = network?.freshAddress() ?? stage.address;
  const where = network ? { host: "0.0.0.0", port: bridgedPort } : { host, port: stage.port };
  const order: AppOrder = { ...conduct, ...where, nonce: stage.nonce };
  const start = (heard: (line: string) => void) =>
    startContainerProgram({
      ...site,
      command: [...runtime, appFile("app"), JSON.stringify(order)],
      ...(shell !== undefined && { entrypoint: ["sh", "-c", shell, "sh", node] }),
      ...(network && { network: { name: network.name, address: host, ...bridged } }),
      ...(memory !== undefined && { memory }),
      ...(descriptors !== undefined && { descriptors }),
      onLine: heard,
    });
  const reporting = await startReporting(stage, start, onLine);
  opening.use(reporting.program);
  const attached = opening.use(new DisposableStack());
  const open = opening.move();
  return { ...reporting, stage, host, network, attached, [Symbol.asyncDispose]: () => open.disposeAsync() };
}
