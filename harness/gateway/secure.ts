import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { isIP, type Socket } from "node:net";
import { connect, createSecureContext, type SecureContext, type TLSSocket } from "node:tls";
import type { Timers, Trust } from "../plan.ts";
import { ByteTap } from "./byte-tap.ts";
import { UpstreamClosed } from "./failure.ts";
import type { Upstream } from "./upstream.ts";
import { within } from "./within.ts";

/** How TLS upstreams are verified, and what the gateway shows of itself. */
export interface Credentials {
  readonly context: SecureContext | undefined;
  readonly serverName: string | undefined;
}

/** Reads the files once, when the gateway starts. @throws Error with the option and the path */
export async function readCredentials(trust: Partial<Trust>): Promise<Credentials> {
  const { ca, identity, serverName } = trust;
  const [authorities, certificate, key] = await Promise.all([
    read("ca", ca),
    read("identity.certificate", identity?.certificate),
    read("identity.key", identity?.key),
  ]);
  if (authorities === undefined && certificate === undefined) return { context: undefined, serverName };
  try {
    // OpenSSL takes a file without any certificate, and would then trust nobody.
    if (authorities !== undefined) new X509Certificate(authorities);
    return { context: createSecureContext({ ca: authorities, cert: certificate, key }), serverName };
  } catch (error) {
    const files = [ca, identity?.certificate, identity?.key].filter((path) => path !== undefined).join(", ");
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`trust must name PEM files that fit together, got ${files}: ${reason}`, { cause: error });
  }
}

async function read(option: string, path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new Error(`trust.${option} must be a readable PEM file, got ${path}`, { cause: error });
  }
}

/** A TLS session that knows how it ended. */
export interface SecureLink {
  readonly socket: TLSSocket;
  readonly truncated: boolean;
}

/** Shakes hands over an open connection. @throws TimerRanOut, UpstreamClosed, or the error of Node's TLS */
export function secure(
  tcp: Socket,
  upstream: Upstream,
  options: { timers: Timers; credentials: Credentials },
  signal: AbortSignal,
): Promise<SecureLink> {
  const { context, serverName = upstream.host } = options.credentials;
  return within<SecureLink, "tls">(options.timers, "tls", signal, (step) => {
    const tap = new ByteTap(tcp);
    const tls = connect({
      socket: tap,
      host: serverName,
      ...(isIP(serverName) === 0 && { servername: serverName }),
      ...(context && { secureContext: context }),
    });
    const link = watchClose(tls, tap);
    const failed = (error: unknown) => {
      step.failed(tap.error ?? (tap.ended ? new UpstreamClosed("the upstream closed during the handshake") : error));
      tls.destroy();
      tcp.destroy();
    };
    tls.once("error", failed);
    tls.once("secureConnect", () => {
      tls.off("error", failed);
      step.done(link);
    });
    return () => {
      tls.destroy();
      tcp.destroy();
    };
  });
}

/**
 * Node reports `close_notify` and a bare FIN alike. They differ in their order: the former ends the session while
 * the connection below is still open, the latter after it has ended.
 */
function watchClose(socket: TLSSocket, tap: ByteTap): SecureLink {
  const link = { socket, truncated: false };
  const push = socket.push.bind(socket);
  socket.push = (chunk: unknown, encoding?: BufferEncoding) => {
    if (chunk === null) link.truncated = tap.ended;
    return push(chunk, encoding);
  };
  return link;
}
