import { withDeadline } from "../net/deadline.ts";
import type { ContainerApp } from "./container-app.ts";

/** Milliseconds that the engine may take for what it is told. */
const patience = 10_000;

/** Kills the container's process as `docker kill` does. Notes `container-killed`, then `container-exited`. */
export async function killContainer(app: ContainerApp): Promise<void> {
  app.note("container-killed", `docker kill ${nameOf(app)}`);
  await app.program.container.kill();
  await containerEnded(app);
}

/** Waits until the container has ended. Notes `container-exited` with what the engine's inspection says. */
export async function containerEnded(app: ContainerApp): Promise<{ readonly OOMKilled: boolean }> {
  const { container } = app.program;
  await withDeadline(container.wait(), patience, "The container did not end");
  const { State } = await container.inspect();
  app.note("container-exited", `${nameOf(app)}: exit code ${State.ExitCode}, OOMKilled ${State.OOMKilled}`);
  return State;
}

/** As `docker ps` shows it. */
export function nameOf({ program }: Pick<ContainerApp, "program">): string {
  return program.container.id.slice(0, 12);
}
