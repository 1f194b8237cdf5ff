/** Where a request goes at the upstream. */
export interface Target {
  /** Origin form or `*`, otherwise as the client wrote it. */
  readonly path: string;
  /** The authority of an absolute-form target, which takes the place of `Host` (RFC 9112 §3.2.2). */
  readonly authority?: string;
}

/**
 * Reads a request target (RFC 9112 §3.2). Absolute form loses its authority to `Host`: whatever it names, the request
 * goes to the configured upstream. Undefined: it is none that a gateway can forward.
 */
export function readTarget(method: string, raw: string): Target | undefined {
  if (raw.startsWith("/")) return { path: raw };
  if (raw === "*") return method === "OPTIONS" ? { path: raw } : undefined;
  const absolute = /^https?:\/\/([^/?#]*)(.*)$/i.exec(raw);
  if (absolute === null || !URL.canParse(raw)) return undefined;
  const [, authority = "", rest = ""] = absolute;
  if (authority === "" || authority.includes("@")) return undefined;
  if (rest === "" && method === "OPTIONS") return { path: "*", authority };
  return { path: rest.startsWith("/") ? rest : `/${rest}`, authority };
}
