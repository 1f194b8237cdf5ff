import type { ProxyDriver } from "../driver.ts";
import { loadDrivers } from "../drivers.ts";
import { aligned } from "../report/aligned.ts";
import { indent, wrap } from "../report/lines.ts";
import type { View } from "../report/paint.ts";
import { signOf } from "../report/words.ts";
import { terminalView } from "./terminal.ts";

/** What `--json` tells of a way to bring up a proxy. */
interface Entry {
  readonly proxy: string;
  readonly via: ProxyDriver["via"];
  /** What this machine lacks for it, with the command that supplies it. */
  readonly missing?: string;
}

/** `badgateway list proxies`. */
export async function listProxies({ json }: { readonly json?: true }): Promise<void> {
  const entries = await Promise.all((await loadDrivers()).map(entryOf));
  process.stdout.write(`${json ? JSON.stringify(entries) : listing(entries, terminalView())}\n`);
}

async function entryOf(driver: ProxyDriver): Promise<Entry> {
  const missing = await driver.missing();
  return { proxy: driver.name, via: driver.via, ...(missing !== undefined && { missing }) };
}

function listing(entries: readonly Entry[], { paint, width }: View): string {
  const rows = entries.map(({ proxy, via, missing }) => [
    signOf(missing === undefined ? "pass" : "skipped", paint),
    proxy,
    via,
    missing === undefined ? "here" : "missing",
  ]);
  const notes = entries
    .filter(({ missing }) => missing !== undefined)
    .map(({ proxy, via, missing }) => {
      const text = wrap(`${proxy} via ${via}: ${missing}`, width === undefined ? undefined : width - 2);
      return `${signOf("skipped", paint)} ${indent(text, 2).trimStart()}`;
    });
  return [aligned(rows), ...(notes.length > 0 ? ["", ...notes] : [])].join("\n");
}
