import { randomBytes } from "node:crypto";
import { promises as dns } from "node:dns";
import { type Backend, type Fault, Unplaceable } from "../fault.ts";
import { holdNetwork } from "../net/container-network.ts";
import { startContainerProgram } from "../net/container-program.ts";
import { openTogether } from "../net/open-together.ts";
import type { Stage } from "../stage.ts";
import { openContainerApp } from "./container-app.ts";
import { appFile, containerMissing, containerSite } from "./container-site.ts";
import { killContainer } from "./container-state.ts";
import { startReporting } from "./reporting.ts";

/** Of the relay, at its own address. One further on it takes our own questions, which prove nothing about the proxy. */
const relayPort = 5353;

/**
 * A backend that is reached by its name in the engine's own DNS, which forgets the name when the container ends.
 * Notes each `query` once armed, `container-killed`, `container-exited`, and `unresolved`, an own lookup, before the
 * asks and after.
 */
export function containerNameGone(): Fault {
  return {
    missing: containerMissing,
    async open(stage): Promise<Backend> {
      if (stage.port !== 0) throw new Unplaceable("a backend whose name the container engine alone knows");
      await using opening = new AsyncDisposableStack();
      // Others share the network. Not the nonce: a proxy that tells the name would pass for the origin.
      const name = `backend-${randomBytes(4).toString("hex")}`;
      const [app, relay] = await openTogether(opening, [
        openContainerApp(stage, { handling: "serve", bridged: { alias: name } }),
        openRelay(stage),
      ]);
      const { resolver, quietly } = relay;
      const found = await lookUp(name, quietly);
      if (found !== app.host) throw new Error(`${name}: wanted the engine's DNS to say ${app.host}, got ${found}`);
      const proveGone = async () => {
        const code = await lookUp(name, quietly);
        if (code !== "ENOTFOUND") throw new Error(`${name}: wanted the engine's DNS to have forgotten it, got ${code}`);
        stage.note("unresolved", `${name}: ${code}`);
      };
      const open = opening.move();
      return {
        url: `http://${name}:${app.port}`,
        resolver,
        async arm() {
          await killContainer(app);
          await proveGone();
          await relay.allNoted(); // questions from before the fault are not noted
          relay.arm();
        },
        async prove() {
          await relay.allNoted();
          await proveGone();
        },
        [Symbol.asyncDispose]: () => open.disposeAsync(),
      };
    },
  };
}

/** The engine's DNS is to be had in containers of the network alone: one of them relays it. */
async function openRelay(stage: Stage) {
  await using opening = new AsyncDisposableStack();
  const site = await containerSite(stage.signal);
  const network = opening.use(await holdNetwork());
  const address = network.freshAddress();
  const { program, arm, allNoted } = await startReporting(stage, (onLine) =>
    startContainerProgram({
      ...site,
      command: [appFile("name-relay"), String(relayPort)],
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

/** The name's first address, or the code of the error. */
async function lookUp(name: string, server: string): Promise<string> {
  const resolver = new dns.Resolver({ tries: 1, timeout: 2_000 });
  resolver.setServers([server]);
  try {
    return (await resolver.resolve4(name))[0] ?? "no address";
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : String(error);
  }
}
