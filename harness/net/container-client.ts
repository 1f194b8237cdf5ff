import type { getContainerRuntimeClient } from "testcontainers";

type Client = Awaited<ReturnType<typeof getContainerRuntimeClient>>;
export type Engine = Client["container"]["dockerode"];
export type EngineContainer = ReturnType<Engine["getContainer"]>;

/** The client of the container engine. Loaded when needed: it takes a third of a second. */
export async function openClient(): Promise<Client> {
  const { getContainerRuntimeClient } = await import("testcontainers");
  return getContainerRuntimeClient();
}

/** What speaks the engine's own language, below that client. */
export async function openEngine(): Promise<Engine> {
  return (await openClient()).container.dockerode;
}
