import { dirname } from "node:path";
import { runContainer } from "../../net/container.ts";
import { imageOf, taggedImage } from "../../net/container-image.ts";
import { orAborted } from "../../net/or-aborted.ts";
import type { Plan } from "../../plan.ts";
import { commandLine, isUp, type Launcher } from "./launch.ts";
import type { Program } from "./program.ts";

/** The program in a container on the host's network, with the host's paths: what is local stays as it is. */
export function container(program: Program, wanted?: string): Launcher {
  const image = wanted === undefined ? imageOf(program.name) : taggedImage(program.name, wanted);
  return {
    missing: image.missing,
    async launch({ folder, plans, signal, besides = [] }) {
      const running = await runContainer({
        image: await orAborted(signal, image.build()),
        command: commandLine(program, program.binary, folder),
        folder,
        folders: [...new Set([folder, ...besides, ...plans.flatMap(paths).map((path) => dirname(path))])],
        ready: (said) => isUp(program, said),
        signal,
      });
      return {
        output: () => running.said().split("\n"),
        died: running.died,
        [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
      };
    },
  };
}

/** The files that a plan names: the program reads them, or connects to them. */
function paths({ trust, upstreams }: Plan): string[] {
  const { ca, identity } = trust;
  const sockets = upstreams.filter((url) => url.startsWith("unix:")).map((url) => url.slice("unix:".length));
  return [ca, ...(identity ? [identity.certificate, identity.key] : []), ...sockets];
}
