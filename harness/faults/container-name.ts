import { randomBytes } from "node:crypto";
import { promises as dns } from "node:dns";
import { type Backend, type Fault, Unplaceable } from "../fault.ts";
import { openTogether } from "../net/open-together.ts";
import type { Stage, Stages } from "../stage.ts";
import { shareable } from "./app-backends.ts";
import { openContainerApp } from "./container-app.ts";
import { containerMissing } from "./container-site.ts";
import { killContainer } from "./container-state.ts";
import { inCommon } from "./in-common.ts";
import { openNameRelay } from "./name-relay.ts";

/**
 * A backend that is reached by its name in the engine's own DNS, which forgets the name when the container ends.
 * Notes each `query` once armed, `container-killed`, `container-exited`, and `unresolved`, an own lookup, before the
 * asks and after.
 */
export function containerNameGone(): Fault {
  return { missing: containerMissing, ...shareable(openBackends) };
}

async function openBackends(stages: Stages): Promise<readonly Backend[]> {
  if (stages.some(({ port }) => port !== 0))
    throw new Unplaceable("a backend whose name the container engine alone knows");
  await using opening = new AsyncDisposableStack();
  // Others share the network. Not the nonce: a proxy that tells the name would pass for the origin. To each proxy a name of
  // its own, so that it is known who asks for it.
  const label = randomBytes(4).toString("hex");
  const names = stages.map((_, site) => `backend-${label}-${site + 1}`);
  const [app, relay] = await openTogether(opening, [
    openContainerApp(stages, { handling: "serve", bridged: { aliases: names } }),
    openNameRelay(stages, names),
  ]);
  const { resolver, quietly } = relay;
  const sites = app.sites.map((site, index) => ({ ...site, name: names[index] ?? "" }));
  for (const { name, host } of sites) {
    const found = await lookUp(name, quietly);
    if (found !== host) throw new Error(`${name}: wanted the engine's DNS to say ${host}, got ${found}`);
  }
  const proveGone = async ({ name, stage }: { readonly name: string; readonly stage: Stage }) => {
    const code = await lookUp(name, quietly);
    if (code !== "ENOTFOUND") throw new Error(`${name}: wanted the engine's DNS to have forgotten it, got ${code}`);
    stage.note("unresolved", `${name}: ${code}`);
  };
  const open = opening.move();
  return inCommon({
    sites,
    at: ({ name, port }) => ({ url: `http://${name}:${port}`, resolver }),
    async arm() {
      await killContainer(app);
      await Promise.all(sites.map(proveGone));
      await relay.allNoted(); // questions from before the fault are not noted
      relay.arm();
    },
    async prove(site) {
      await relay.allNoted();
      await proveGone(site);
    },
    close: () => open.disposeAsync(),
  });
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
