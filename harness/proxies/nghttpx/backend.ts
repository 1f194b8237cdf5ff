import type { Plan } from "../../plan.ts";

/** One `--backend` for each upstream, all of the pattern that matches every request. */
export function backends({ upstreams, trust }: Plan): string[] {
  return upstreams.map((url) => {
    const { address, tls } = parse(url);
    const name = trust.serverName === undefined ? "" : `;sni=${trust.serverName}`;
    return `backend=${address};${tls ? `;tls${name}` : ""}`;
  });
}

interface Destination {
  /** As nghttpx writes it: `127.0.0.1,80`, `::1,80`, `unix:/path`. */
  readonly address: string;
  readonly tls: boolean;
}

function parse(url: string): Destination {
  if (url.startsWith("unix:")) return { address: url, tls: false };
  const { protocol, hostname, port } = new URL(url);
  const tls = protocol === "https:";
  return { address: `${hostname.replace(/^\[|\]$/g, "")},${port || (tls ? 443 : 80)}`, tls };
}
