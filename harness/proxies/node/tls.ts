import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import type { Plan } from "../../plan.ts";

/** What the certificate of a TLS upstream is checked against, and who the proxy says it is, as `tls.connect` takes it. */
export interface TlsOptions {
  readonly ca: Buffer;
  readonly rejectUnauthorized: true;
  /** Named to the server and looked for in its certificate. Unset: an address, which is not named. */
  readonly servername?: string;
  readonly cert?: Buffer;
  readonly key?: Buffer;
}

export function tlsOf({ upstreams: [upstream = ""], trust }: Pick<Plan, "upstreams" | "trust">): TlsOptions {
  const host = new URL(upstream).hostname.replace(/^\[|\]$/g, "");
  const servername = trust.serverName ?? (isIP(host) === 0 ? host : undefined);
  return {
    ca: readFileSync(trust.ca),
    rejectUnauthorized: true,
    ...(servername !== undefined && { servername }),
    ...(trust.identity && {
      cert: readFileSync(trust.identity.certificate),
      key: readFileSync(trust.identity.key),
    }),
  };
}
