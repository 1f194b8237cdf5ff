import { isIP } from "node:net";
import { OptionError } from "./option-error.ts";

/** A next hop as configured. */
export interface Upstream {
  /** As it was written: `http://host:port`, `https://host:port` or `unix:/path`. */
  readonly url: string;
  readonly tls: boolean;
  /** A name or an IP address without brackets. */
  readonly host: string;
  readonly port: number;
  /** What `Host` says of it: the port too, unless it is the scheme's own (RFC 9110 §7.2). */
  readonly authority: string;
  /** Path of a unix socket, when it is one. */
  readonly socketPath?: string;
}

/** What fits into `sockaddr_un` on Linux (unix(7)). */
const longestPath = 107;

/** @throws OptionError when it is no address of an upstream */
export function parseUpstream(text: string): Upstream {
  const wrong = (more = "") =>
    new OptionError("upstream", `http://host:port, https://host:port or unix:/path${more}`, JSON.stringify(text));
  if (text.startsWith("unix:")) {
    const socketPath = text.slice("unix:".length);
    if (!socketPath.startsWith("/")) throw wrong();
    if (Buffer.byteLength(socketPath) > longestPath) throw wrong(` of at most ${longestPath} octets`);
    return { url: text, tls: false, host: "localhost", port: 0, authority: "localhost", socketPath };
  }
  if (!URL.canParse(text)) throw wrong();
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") throw wrong();
  if (url.username !== "" || url.password !== "" || url.pathname !== "/" || url.search !== "" || url.hash !== "") {
    throw wrong(", without a user, path or query");
  }
  const tls = url.protocol === "https:";
  const bare = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const host = isIP(bare) === 0 ? url.hostname : bare;
  const port = url.port === "" ? (tls ? 443 : 80) : Number(url.port);
  return { url: text, tls, host, port, authority: url.host };
}
