import { openGrounds } from "../lab/grounds.ts";
import type { Timers } from "../plan.ts";
import type { NamedScenario } from "../scenario.ts";
import type { Stage } from "../stage.ts";
import { type Listed, listing } from "./faults-listing.ts";
import { openFront } from "./front.ts";
import { openOwnPorts } from "./own-ports.ts";
import { openSecureFront } from "./secure-front.ts";
import { Trials } from "./trials.ts";

export interface ServiceOptions {
  readonly scenarios: readonly NamedScenario[];
  readonly host: string;
  /** 0: one of the kernel's choice. */
  readonly port: number;
  /** Where TLS is spoken, and the server name chooses; unset: nowhere. */
  readonly tlsPort?: number;
  /** The first port of those that have a fault each; unset: there are none. */
  readonly eachFrom?: number;
  readonly timers: Timers;
  readonly seed: number;
  readonly onFault?: (line: string) => void;
}

/** The backends of the catalogue, to be put behind a proxy that is somewhere else. */
export interface Service extends AsyncDisposable {
  readonly port: number;
  readonly tlsPort?: number;
  readonly listed: readonly Listed[];
  /** PEM of the authority that has issued the certificates of the TLS faults. */
  readonly authority: string;
}

/** @throws Unlistenable when an address or a port is not to be had; nothing is left open then */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { scenarios, host, timers, seed, tlsPort, eachFrom } = options;
  await using opening = new AsyncDisposableStack();
  const grounds = opening.use(await openGrounds());
  const trials = opening.use(new Trials({ grounds, seed }));
  const each =
    eachFrom === undefined
      ? undefined
      : opening.use(await openOwnPorts({ scenarios, host, from: eachFrom, grounds, timers, seed }));
  const stage: Stage = {
    nonce: "00000000",
    seed,
    timers,
    address: host,
    port: 0,
    folder: () => grounds.folder(),
    authority: grounds.authority,
    signal: new AbortController().signal,
    note: () => {},
    record: () => ({ sent() {}, received() {} }),
    noted: () => new Promise(() => {}),
    hop: async () => {
      throw new Error("wanted a fault of the backend's own, got one behind a proxy of ours");
    },
  };
  const authority = grounds.authority.pem;
  const common = { ...options, stage, trials, authority, listed: [] };
  const secure = tlsPort === undefined ? undefined : opening.use(await openSecureFront({ ...common, port: tlsPort }));
  const listed = listing({ scenarios, ports: each?.ports ?? new Map(), ...(secure && { tlsPort: secure.port }) });
  const front = opening.use(await openFront({ ...common, listed }));
  const open = opening.move();
  return {
    port: front.port,
    ...(secure && { tlsPort: secure.port }),
    listed,
    authority,
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}
