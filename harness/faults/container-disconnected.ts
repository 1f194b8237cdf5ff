import type { Fault } from "../fault.ts";
import type { AppSite } from "./app-backends.ts";
import { appContainer } from "./container.ts";
import type { ContainerApp } from "./container-app.ts";
import { nameOf } from "./container-state.ts";

/** Those whose exchange ended before. */
const untimely = new WeakSet<AppSite>();

/**
 * `docker network disconnect` while the application handles the request: the container's interface is gone, no FIN goes
 * out, and the answer that the application sends afterwards goes nowhere.
 * Notes `handling`, `disconnected`, `answer-sent`.
 */
export function containerDisconnected(): Fault {
  return appContainer({
    handling: "when-told",
    bridged: {},
    on: { handling: disconnect },
    armed: (app) => (site) => prove(app, site),
  });
}

async function disconnect(app: ContainerApp): Promise<void> {
  const { sites, network, program } = app;
  const over = new Set<AppSite>();
  for (const site of sites) void site.stage.noted("answered").then(() => over.add(site));
  await network?.disconnect(program.container.id);
  const { NetworkSettings } = await program.container.inspect();
  const left = Object.keys(NetworkSettings.Networks);
  if (left.length > 0) throw new Error(`${nameOf(app)}: wanted no network, got ${left.join(", ")}`);
  for (const site of sites) {
    if (over.has(site)) untimely.add(site);
    else site.stage.note("disconnected", `docker inspect ${nameOf(app)}: NetworkSettings.Networks is empty`);
  }
  program.tell("go");
}

async function prove({ sites, reported }: ContainerApp, site: AppSite): Promise<void> {
  if (untimely.has(site)) throw new Error("the exchange ended before the engine had taken the network away");
  await reported("answer-sent", sites.indexOf(site));
}
