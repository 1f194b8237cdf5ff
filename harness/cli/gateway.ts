import { once } from "node:events";
import { type Gateway, startGateway } from "../gateway/gateway.ts";
import { OptionError } from "../gateway/option-error.ts";
import type { GatewaySettings } from "../gateway/options.ts";
import type { GatewayCommandOptions } from "./gateway-command.ts";
import { openAccessLog } from "./gateway-log.ts";
import { probeResolver } from "./gateway-resolver.ts";
import { noticesOf, settingsOf, usageErrorOf } from "./gateway-settings.ts";
import { interruptible } from "./interruption.ts";
import { profileOf } from "./profile-option.ts";
import { exitCode } from "./usage.ts";

/**
 * `badgateway gateway`: serves until a signal ends it, or nobody reads its log any more.
 * @returns the exit code
 * @throws UsageError, with nothing left running
 */
export async function gatewayCommand(options: GatewayCommandOptions): Promise<number> {
  using interruption = interruptible(process.stdout);
  const { signal } = interruption;
  const profile = options.profile === undefined ? undefined : await profileOf(options.profile);
  using log = openAccessLog(options.log, process.stdout, profile !== undefined);
  const settings = settingsOf(options, profile);
  await probeResolver(settings, signal);
  if (signal.aborted) return exitCode.asClaimed;
  await using gateway = await started({ ...settings, ...(log.answered && { onAnswered: log.answered }) });
  log.listening({ url: gateway.url.origin, upstreams: settings.upstreams });
  for (const notice of noticesOf(settings)) say(notice);
  if (!signal.aborted) await once(signal, "abort");
  if (!(await gateway.drain(options.drain)))
    say(`not every request had ended within ${options.drain} ms: the rest is broken off`);
  return exitCode.asClaimed;
}

async function started(settings: GatewaySettings): Promise<Gateway> {
  try {
    return await startGateway(settings);
  } catch (error) {
    throw error instanceof OptionError ? usageErrorOf(error) : error;
  }
}

/** Standard output is for the log alone. */
function say(text: string): void {
  process.stderr.write(`badgateway: ${text}\n`);
}
