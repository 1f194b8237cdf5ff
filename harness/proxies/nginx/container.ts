import { dirname } from "node:path";
import { runContainer } from "../../net/container.ts";
import { imageOf } from "../../net/container-image.ts";
import type { Plan } from "../../plan.ts";
import { commandLine, type Launcher } from "./launch.ts";
import { ready, version } from "./log.ts";

const image = imageOf("nginx");

/** nginx in a container on the host's network, with the host's paths: what is local stays as it is. */
export const container: Launcher = {
  missing: image.missing,
  async launch({ folder, plans, signal }) {
    const running = await runContainer({
      image: await image.build(),
      command: ["nginx", ...commandLine(folder)],
      folders: [...new Set([folder, ...plans.flatMap(paths).map((path) => dirname(path))])],
      ready,
      signal,
    });
    return {
      version: version.exec(running.said())?.[1] ?? "unknown",
      died: running.died,
      [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
    };
  },
};

/** The files that a plan names: nginx reads them, or connects to them. */
function paths({ trust, upstreams }: Plan): string[] {
  const { ca, identity } = trust;
  const sockets = upstreams.filter((url) => url.startsWith("unix:")).map((url) => url.slice("unix:".length));
  return [ca, ...(identity ? [identity.certificate, identity.key] : []), ...sockets];
}
