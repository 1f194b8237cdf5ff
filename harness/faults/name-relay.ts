import { holdNetwork } from "../net/container-network.ts";
import { startContainerProgram } from "../net/container-program.ts";
import type { Stages } from "../stage.ts";
import { appFile, containerSite } from "./container-site.ts";
import { type Reporting, startReporting } from "./reporting.ts";

/** Of the relay, at its own address. One further on it takes our own questions, which prove nothing about the proxy. */
const relayPort = 5353;

/** What makes the engine's DNS answer outside of its containers. */
export interface NameRelay extends Pick<Reporting<never>, "arm" | "allNoted">, AsyncDisposable {
  /** `address:port` for the proxies. Their questions are noted, on the stage to which the name belongs. */
  readonly resolver: string;
  /** `address:port` for us: nothing is noted. */
  readonly quietly: string;
}

/**
 * The engine's DNS is to be had in containers of the network alone: one of them relays it.
 * @param names one for each stage
 */
export async function openNameRelay(stages: Stages, names: readonly string[]): Promise<NameRelay> {
  await using opening = new AsyncDisposableStack();
  const site = await containerSite(stages[0].signal);
  const network = opening.use(await holdNetwork());
  const address = network.freshAddress();
  const { program, arm, allNoted } = await startReporting(stages, (onLine) =>
    startContainerProgram({
      ...site,
      command: [appFile("name-relay"), String(relayPort), ...names],
      network: { name: network.name, address },
      nameServer: address,
      onLine,
    }),
  );
  opening.use(program);
  const open = opening.move();
  const at = (port: number) => `${address}:${port}`;
  return {
    resolver: at(relayPort),
    quietly: at(relayPort + 1),
    arm,
    allNoted,
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}
