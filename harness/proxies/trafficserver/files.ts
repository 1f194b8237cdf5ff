import { accessSync, constants } from "node:fs";
import { dirname, join } from "node:path";
import type { Route } from "../../driver.ts";
import { logging } from "./log.ts";
import { type Process, processes } from "./process.ts";
import { records } from "./records.ts";
import { pool } from "./target.ts";

/**
 * What each process reads besides the rules, by their names in the folder that holds them all.
 * @throws Error when a file of certificates cannot be read: Traffic Server opens them when they are first needed, and
 * would serve until then
 */
export function files(routes: readonly Route[]): Record<string, string> {
  for (const path of new Set(routes.flatMap(certificates))) accessSync(path, constants.R_OK);
  const folder = dirname(routes[0]?.log ?? "/");
  return {
    "parent.config": routes.flatMap(({ plan }, index) => pool(plan, index) ?? []).join("\n"),
    ...Object.assign({}, ...processes(routes).map((process) => filesOf(process, folder))),
  };
}

function certificates({ plan: { upstreams, trust } }: Route): string[] {
  if (!upstreams.some((url) => url.startsWith("https:"))) return [];
  return [trust.ca, ...(trust.identity ? [trust.identity.certificate, trust.identity.key] : [])];
}

function filesOf(process: Process, folder: string): Record<string, string> {
  const own = {
    "runroot.yaml": runRoot(join(folder, process.name)),
    "records.config": records(process, folder),
    "logging.yaml": logging,
    "ip_allow.yaml": "ip_allow:\n  - { apply: in, ip_addrs: 127.0.0.0-127.255.255.255, action: allow, methods: ALL }\n",
    // Nothing is kept: there is no place for a cache.
    "storage.config": "",
  };
  return Object.fromEntries(Object.entries(own).map(([name, text]) => [join(process.name, name), text]));
}

/** What it needs is where the package has it; whatever it writes stays in its folder. */
function runRoot(folder: string): string {
  const places = {
    prefix: folder,
    exec_prefix: "/usr",
    bindir: "/usr/bin",
    sbindir: "/usr/sbin",
    sysconfdir: folder,
    datadir: "/usr/share/trafficserver",
    includedir: "/usr/include",
    libdir: "/usr/lib",
    libexecdir: "/usr/lib/trafficserver/modules",
    localstatedir: folder,
    runtimedir: folder,
    logdir: folder,
    mandir: "/usr/share/man",
    infodir: "/usr/share/info",
    cachedir: folder,
  };
  return Object.entries(places)
    .map(([name, path]) => `${name}: ${path}\n`)
    .join("");
}
