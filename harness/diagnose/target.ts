import { isIP } from "node:net";

/** The upstream that is looked at, taken apart. */
export interface Target {
  /** As it was given. */
  readonly url: string;
  readonly tls: boolean;
  /** Unset for a unix socket. Without the brackets of an IPv6 address. */
  readonly host?: string;
  readonly port?: number;
  readonly socketPath?: string;
  /** Path and query that are asked for. */
  readonly path: string;
  /** What stands in `Host`. */
  readonly authority: string;
}

/**
 * Reads `http://host:port/path`, `https://…` or `unix:/path/of/socket`, with `:/path` behind it as nginx writes it.
 * @throws TypeError that says what was wanted
 */
export function targetOf(url: string): Target {
  if (url.startsWith("unix:")) return socketTarget(url);
  const parsed = URL.parse(url);
  if (!parsed || !["http:", "https:"].includes(parsed.protocol)) {
    throw new TypeError(`wanted http://host:port, https://host:port or unix:/path; got “${url}”`);
  }
  if (parsed.username !== "" || parsed.password !== "") {
    throw new TypeError(`wanted a URL without user and password, which a proxy would not send; got “${parsed.host}”`);
  }
  const tls = parsed.protocol === "https:";
  return {
    url,
    tls,
    host: parsed.hostname.replace(/^\[|\]$/g, ""),
    port: Number(parsed.port || (tls ? 443 : 80)),
    path: `${parsed.pathname}${parsed.search}`,
    authority: parsed.host,
  };
}

function socketTarget(url: string): Target {
  const [, socketPath, path = "/"] = /^unix:(\/[^:]+)(?::(\/.*))?$/.exec(url) ?? [];
  if (socketPath === undefined) {
    throw new TypeError(`wanted unix:/path/of/socket, or unix:/path/of/socket:/path; got “${url}”`);
  }
  return { url, tls: false, socketPath, path, authority: "localhost" };
}

/** The name that has to be resolved, if there is one. */
export function nameOf({ host }: Target): string | undefined {
  return host !== undefined && isIP(host) === 0 ? host : undefined;
}
