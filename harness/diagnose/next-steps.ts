import type { Target } from "./target.ts";

/**
 * A command of a scenario's page with the upstream's own name in place of the page's: `curl -v http://app:8080/` becomes
 * one that can be pasted.
 */
export function concrete(command: string, { host, port, authority, socketPath }: Target): string {
  if (host === undefined || port === undefined) {
    return command.replaceAll("/run/app.sock", socketPath ?? "/run/app.sock");
  }
  const named = host.includes(":") ? `[${host}]` : host;
  return command
    .replaceAll(/\b(?:app|backend|upstream|api|service)(?:\.test)?:(?:8080|8443)\b/g, `${named}:${port}`)
    .replaceAll(/\b(?:app|backend) (?:8080|8443)\b/g, `${host} ${port}`)
    .replaceAll(/(:|port )(?:8080|8443)\b/g, `$1${port}`)
    .replaceAll(/\b(?:backend|upstream)\.test\b/g, authority.replace(/:\d+$/, ""));
}
