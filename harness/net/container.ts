import type { Readable } from "node:stream";
import { openEngine } from "./container-client.ts";
import { freshLabel } from "./container-label.ts";
import { withDeadline } from "./deadline.ts";
import { labelledContainers } from "./labelled-containers.ts";
import { messageOf } from "./message-of.ts";
import { orAborted } from "./or-aborted.ts";

/** What one container is started with. The network is the host's. */
export interface ContainerOptions {
  readonly image: string;
  readonly command: readonly string[];
  /** Host folders, seen at the same path inside. */
  readonly folders: readonly string[];
  /** The one in which its command runs. */
  readonly folder: string;
  /** Tells from all it has written whether it serves. */
  readonly ready: (said: string) => boolean;
  readonly signal: AbortSignal;
}

export interface RunningContainer extends AsyncDisposable {
  /** What it has written so far. */
  said(): string;
  /** How its process ended, when it has. */
  died(): string | undefined;
}

/** Milliseconds that a container may take until it serves. */
const startDeadline = 30_000;

/**
 * Starts a container and waits until it serves. Whatever fails, none is left behind.
 * @throws Error with what the container wrote, when it ends instead or takes too long
 */
export async function runContainer(options: ContainerOptions): Promise<RunningContainer> {
  const { image, command, folder, folders, ready, signal } = options;
  const label = freshLabel();
  const engine = await openEngine();
  const { GenericContainer } = await import("testcontainers");

  let said = "";
  let died: string | undefined;
  const serves = Promise.withResolvers<void>();
  const silent = Promise.withResolvers<void>();
  const read = (output: Readable) => {
    output.setEncoding("utf8").once("end", silent.resolve);
    output.on("data", (text: string) => {
      said += text;
      if (ready(said)) serves.resolve();
    });
  };
  signal.throwIfAborted();
  await using starting = new AsyncDisposableStack();
  starting.use(labelledContainers(engine, label));
  const started = await new GenericContainer(image)
    // No reaper beside it: its image would have to come from a registry, and the watchdog does its work.
    .withAutoCleanup(false)
    .withNetworkMode("host")
    .withUser(`${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`)
    .withBindMounts(folders.map((folder) => ({ source: folder, target: folder, mode: "rw" as const })))
    .withLabels({ ...label.labels })
    .withWorkingDir(folder)
    .withCommand([...command])
    .withLogConsumer(read)
    .start();
  void endOf(engine.getContainer(started.getId())).then(async (how) => {
    died = how;
    await silent.promise;
    serves.reject(new Error(`the container of ${image} ended with ${how}: ${said.trim()}`));
  });
  await withDeadline(orAborted(signal, serves.promise), startDeadline, `the container of ${image} did not serve`);
  const running = starting.move();
  return { said: () => said, died: () => died, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

async function endOf(container: { wait(): Promise<{ StatusCode: number }> }): Promise<string> {
  try {
    return `exit code ${(await container.wait()).StatusCode}`;
  } catch (error) {
    return `nobody knows what: ${messageOf(error)}`;
  }
}
