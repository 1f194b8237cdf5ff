import { once } from "node:events";
import { createInterface } from "node:readline";
import { PassThrough } from "node:stream";
import { type EngineContainer, openEngine } from "./container-client.ts";
import { freshLabel } from "./container-label.ts";
import { labelledContainers } from "./labelled-containers.ts";
import { SpokenLines } from "./spoken-lines.ts";

export interface ContainerProgramOptions {
  readonly image: string;
  readonly command: readonly string[];
  /** The image's own, unless told. */
  readonly entrypoint?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly mounts: readonly Mount[];
  /** A network of ours with the container's address and further names there. The host's, unless told. */
  readonly network?: { readonly name: string; readonly address: string; readonly aliases?: readonly string[] };
  /** Whom the engine's DNS asks for names it does not know itself. This machine's name servers, unless told. */
  readonly nameServer?: string;
  /** MiB that it may use, swap included; then the kernel kills. */
  readonly memory?: number;
  /** How many descriptors a process of it may have. */
  readonly descriptors?: number;
  /** Nothing is asked of the engine once it has aborted. */
  readonly signal: AbortSignal;
  /** Called with every line of its output. */
  readonly onLine: (line: string) => void;
}

/** A file or folder of this machine, seen inside. */
export interface Mount {
  readonly source: string;
  readonly target: string;
  readonly writable?: true;
}

/** A container whose program we talk to, line by line. Disposing removes it, whatever it is doing. */
export interface ContainerProgram extends AsyncDisposable {
  /** The engine's own handle, for what is to be done to the container and to see what became of it. */
  readonly container: EngineContainer;
  /** Waits for a line of its output, as a child's `heard` does. */
  heard<T>(pick: (line: string) => T | undefined, milliseconds: number, what: string): Promise<T>;
  /** Writes a line to its standard input. */
  tell(line: string): void;
}

/**
 * Starts a program in a container, as the user that we are. Whatever fails, no container is left.
 * @throws Error when the engine refuses, or the signal's reason
 */
export async function startContainerProgram(options: ContainerProgramOptions): Promise<ContainerProgram> {
  const engine = await openEngine();
  const label = freshLabel();
  options.signal.throwIfAborted();
  await using starting = new AsyncDisposableStack();
  starting.use(labelledContainers(engine, label));
  const container = await engine.createContainer({ ...settings(options), Labels: { ...label.labels } });
  // Attached before the start, so that not a line is missed.
  const wire = await container.attach({ stream: true, stdin: true, stdout: true, stderr: true, hijack: true });
  starting.defer(() => void wire.end());
  const spoken = new SpokenLines();
  spoken.listeners.add(options.onLine);
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  engine.modem.demuxStream(wire, stdout, stderr);
  const readers = [stdout, stderr].map((input) => createInterface({ input }).on("line", (line) => spoken.take(line)));
  const ended = Promise.all(readers.map((reader) => once(reader, "close"))).then(() => "the container ended");
  wire.on("error", () => {}); // followed by its close
  wire.once("close", () => {
    stdout.end();
    stderr.end();
  });
  options.signal.throwIfAborted();
  await container.start();
  const running = starting.move();
  return {
    container,
    heard: (pick, milliseconds, what) => spoken.heard(pick, milliseconds, what, ended),
    tell: (line) => void wire.write(`${line}\n`),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function settings({
  image,
  command,
  entrypoint,
  env,
  mounts,
  network,
  nameServer,
  memory,
  descriptors,
}: ContainerProgramOptions) {
  const bytes = memory === undefined ? {} : { Memory: memory * 2 ** 20, MemorySwap: memory * 2 ** 20 };
  const files = descriptors === undefined ? [] : [{ Name: "nofile", Soft: descriptors, Hard: descriptors }];
  return {
    Image: image,
    Cmd: [...command],
    ...(entrypoint && { Entrypoint: [...entrypoint] }),
    Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
    User: `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`,
    OpenStdin: true,
    HostConfig: {
      NetworkMode: network?.name ?? "host",
      Mounts: mounts.map(({ source, target, writable }) => ({
        Type: "bind" as const,
        Source: source,
        Target: target,
        ReadOnly: !writable,
      })),
      ...(nameServer !== undefined && { Dns: [nameServer] }),
      LogConfig: { Type: "none", Config: {} }, // we listen ourselves
      Ulimits: files,
      ...bytes,
    },
    ...(network && {
      NetworkingConfig: {
        EndpointsConfig: {
          [network.name]: {
            IPAMConfig: { IPv4Address: network.address },
            ...(network.aliases && { Aliases: [...network.aliases] }),
          },
        },
      },
    }),
  };
}
