import { isIP } from "node:net";

/** A next hop as configured. */
export interface Upstream {
  /** As it was written: `http://host:port`, `https://host:port` or `unix:/path`. */
  readonly url: string;
  readonly tls: boolean;
  /** A name or an IP address without brackets. */
  readonly host: string;
  readonly port: number;
  /** Path of a unix socket, when it is one. */
  readonly socketPath?: string;
}

/** What fits into `sockaddr_un` on Linux (unix(7)). */
const longestPath = 107;

/** @throws Error naming what was given, when it is no address of an upstream */
export function parseUpstream(text: string): Upstream {
  const wanted = `upstream must be http://host:port, https://host:port or unix:/path, got ${JSON.stringify(text)}`;
  if (text.startsWith("unix:")) {
    const socketPath = text.slice("unix:".length);
    if (!socketPath.startsWith("/")) throw new Error(wanted);
    if (Buffer.byteLength(socketPath) > longestPath) {
      throw new Error(`${wanted}: the path of a unix socket has room for ${longestPath} octets`);
    }
    return { url: text, tls: false, host: "localhost", port: 0, socketPath };
  }
  if (!URL.canParse(text)) throw new Error(wanted);
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") throw new Error(wanted);
  if (url.username !== "" || url.password !== "" || url.pathname !== "/" || url.search !== "" || url.hash !== "") {
    throw new Error(`${wanted}: it takes no user, path or query`);
  }
  const tls = url.protocol === "https:";
  const bare = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const host = isIP(bare) === 0 ? url.hostname : bare;
  return { url: text, tls, host, port: url.port === "" ? (tls ? 443 : 80) : Number(url.port) };
}
