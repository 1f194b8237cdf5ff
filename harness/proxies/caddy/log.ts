import { dirname, join } from "node:path";
import type { Route } from "../../driver.ts";
import { textIfThere } from "../../net/text-if-there.ts";
import { proxyLog } from "./names.ts";

/** A line of Caddy's logs; fields that differ from run to run (times, identifiers) are not read. */
interface Entry {
  readonly level: string;
  readonly logger: string;
  readonly msg: string;
  readonly status?: number;
  readonly error?: string;
}

/**
 * What Caddy has said of one route: the lines of its server's error and access logs, and those of the reverse proxy that
 * name one of its upstreams. The reverse proxy says of a body that broke off neither where it came from nor whom it was
 * for; only an error of the socket, in its text, does.
 */
export async function wordsOf({ log, plan }: Route): Promise<string[]> {
  const addresses = plan.upstreams.map((url) =>
    url.startsWith("unix:") ? url.slice("unix:".length) : new URL(url).host,
  );
  const shared = await linesOf(join(dirname(log), proxyLog));
  const ours = shared.filter((line) => addresses.some((address) => names(line, address)));
  return [...(await linesOf(log)), ...ours].map((line) => written(JSON.parse(line)));
}

/** Port 80 is not port 8001. */
function names(line: string, address: string): boolean {
  return line
    .split(address)
    .slice(1)
    .some((rest) => !/^\w/.test(rest));
}

function written({ level, logger, msg, status, error }: Entry): string {
  const kind = /^http\.(?:log\.(access|error)|handlers\.(.*))/.exec(logger)?.slice(1).find(Boolean);
  return `[${level}] ${kind}: ${msg}${error === undefined ? "" : `: ${error}`}${status === undefined ? "" : `, status ${status}`}`;
}

async function linesOf(path: string): Promise<string[]> {
  const text = await textIfThere(path);
  return text.split("\n").filter((line) => line !== "");
}
