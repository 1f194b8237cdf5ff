import type { Fault } from "../fault.ts";
import { accepting } from "../net/accepting.ts";
import { appContainer } from "./container.ts";
import type { ContainerApp } from "./container-app.ts";
import { killContainer, nameOf } from "./container-state.ts";

/** Milliseconds that a container may take to be back. */
const patience = 10_000;

/**
 * The container is dead for the first ask, then runs again at the same address. In between nobody has that address:
 * connects are not refused, they find nobody.
 * Its network is its own: whenever the last container leaves a bridge, the kernel forgets all neighbours there, and
 * begins anew to wait for this one.
 * Notes `container-killed`, `container-exited`, and `restarted` once an own connect has succeeded.
 */
export function containerRestarted(): Fault {
  const container = appContainer({
    handling: "serve",
    bridged: { apart: true },
    async armed(app) {
      await killContainer(app);
      const restarted = restart(app);
      restarted.catch(() => {}); // what is returned hears of it
      return () => restarted;
    },
  });
  return { ...container, needs: "our client" };
}

async function restart(app: ContainerApp): Promise<void> {
  const { sites, program } = app;
  await Promise.all(sites.map(({ stage }) => stage.noted("answered")));
  await program.container.start();
  const signal = new AbortController().signal;
  const urls = sites.map(({ host, port }) => new URL(`http://${host}:${port}`));
  await Promise.all(urls.map((url) => accepting(url, { deadline: patience, signal, givenUp: () => undefined })));
  const { State } = await program.container.inspect();
  for (const { stage, host, port } of sites)
    stage.note(
      "restarted",
      `docker inspect ${nameOf(app)}: State.Status is ${State.Status}, at ${host}:${port} as before`,
    );
}
