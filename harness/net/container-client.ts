import type { getContainerRuntimeClient } from "testcontainers";

export type Engine = Awaited<ReturnType<typeof getContainerRuntimeClient>>["container"]["dockerode"];
export type EngineContainer = ReturnType<Engine["getContainer"]>;

/** The client of the container engine. Loaded when needed: it takes a third of a second. */
export async function openEngine(): Promise<Engine> {
  const { getContainerRuntimeClient } = await import("testcontainers");
  return (await getContainerRuntimeClient()).container.dockerode;
}
