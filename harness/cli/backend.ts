import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { loadScenarios } from "../folder.ts";
import { type Service, type ServiceOptions, startService } from "../service/service.ts";
import { Unlistenable } from "../service/unlistenable.ts";
import type { BackendCommandOptions } from "./backend-command.ts";
import { interruptible } from "./interruption.ts";
import { exitCode, UsageError } from "./usage.ts";
import { addressOf } from "./values.ts";

/**
 * `badgateway backend`: serves until a signal ends it, or nobody reads its log any more.
 * @returns the exit code
 * @throws UsageError, with nothing left running
 */
export async function backendCommand(options: BackendCommandOptions): Promise<number> {
  using interruption = interruptible(process.stdout);
  const { signal } = interruption;
  const { timers, seed, tls, each, quiet, ca } = options;
  const { host, port } = addressOf("--listen")(options.listen);
  await using service = await started({
    scenarios: await loadScenarios(),
    host,
    port,
    timers,
    seed,
    ...(tls !== undefined && { tlsPort: tls }),
    ...(each !== undefined && { eachFrom: each }),
    ...(!quiet && { onFault: (line) => say(`${new Date().toISOString()}  ${line}`) }),
  });
  if (ca !== undefined) await writeAuthority(ca, service.authority);
  const name = host.includes(":") ? `[${host}]` : host;
  const secure = service.tlsPort === undefined ? "" : `, TLS on port ${service.tlsPort}`;
  say(`badgateway backend listens on http://${name}:${service.port}${secure}: ${service.listed.length} faults`);
  if (!signal.aborted) await once(signal, "abort");
  return exitCode.asClaimed;
}

async function started(options: ServiceOptions): Promise<Service> {
  try {
    return await startService(options);
  } catch (error) {
    if (!(error instanceof Unlistenable)) throw error;
    throw new UsageError(`backend: wanted addresses that are free here; ${error.message}`);
  }
}

async function writeAuthority(file: string, pem: string): Promise<void> {
  await writeFile(file, pem).catch((error: Error) => {
    throw new UsageError(`--ca ${file}: wanted a file that can be written; ${error.message}`);
  });
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
