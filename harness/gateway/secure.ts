import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { isIP, type Socket } from "node:net";
import { connect, createSecureContext, type SecureContext } from "node:tls";
import { ByteTap } from "../net/byte-tap.ts";
import { messageOf } from "../net/message-of.ts";
import { type SecureLink, watchClose } from "../net/secure-link.ts";
import type { Timers, Trust } from "../plan.ts";
import { UpstreamClosed } from "./failure.ts";
import { OptionError } from "./option-error.ts";
import type { Upstream } from "./upstream.ts";
import { within } from "./within.ts";

/** How TLS upstreams are verified, and what the gateway shows of itself. */
export interface Credentials {
  readonly context: SecureContext | undefined;
  readonly serverName: string | undefined;
  /** The upstream's certificate must be valid, and its own. */
  readonly verify: boolean;
}

/** Reads the files once, when the gateway starts. @throws OptionError with the option and the path */
export async function readCredentials(trust: Partial<Trust>, verify = true): Promise<Credentials> {
  const { ca, identity, serverName } = trust;
  const [authorities, certificate, key] = await Promise.all([
    read("trust.ca", "a PEM file with certificates", ca, (pem) => new X509Certificate(pem)),
    read(
      "trust.identity.certificate",
      "a PEM file with a certificate",
      identity?.certificate,
      (pem) => new X509Certificate(pem),
    ),
    read("trust.identity.key", "a PEM file with a private key", identity?.key, (pem) => createPrivateKey(pem)),
  ]);
  if (authorities === undefined && certificate === undefined) return { context: undefined, serverName, verify };
  try {
    return { context: createSecureContext({ ca: authorities, cert: certificate, key }), serverName, verify };
  } catch (error) {
    const files = [ca, identity?.certificate, identity?.key].filter((path) => path !== undefined);
    const got = `${files.join(", ")}: ${messageOf(error)}`;
    throw new OptionError("trust", "PEM files that fit together", got, { cause: error });
  }
}

/** OpenSSL takes a file that holds nothing of use, and would then trust nobody; so each is tried by itself. */
async function read(
  option: string,
  wanted: string,
  path: string | undefined,
  attempt: (pem: string) => unknown,
): Promise<string | undefined> {
  if (path === undefined) return undefined;
  try {
    const pem = await readFile(path, "utf8");
    attempt(pem);
    return pem;
  } catch (error) {
    throw new OptionError(option, wanted, `${path}: ${messageOf(error)}`, { cause: error });
  }
}

/** Shakes hands over an open connection. @throws TimerRanOut, UpstreamClosed, or the error of Node's TLS */
export function secure(
  tcp: Socket,
  upstream: Upstream,
  options: { timers: Timers; credentials: Credentials },
  signal: AbortSignal,
): Promise<SecureLink> {
  const { context, serverName = upstream.host, verify } = options.credentials;
  return within<SecureLink, "tls">(options.timers, "tls", signal, (step) => {
    const tap = new ByteTap(tcp);
    const tls = connect({
      socket: tap,
      host: serverName,
      ...(isIP(serverName) === 0 && { servername: serverName }),
      ...(context && { secureContext: context }),
      rejectUnauthorized: verify,
    });
    const link = watchClose(tls, tap);
    const failed = (error: unknown) => {
      step.failed(tap.error ?? (tap.ended ? new UpstreamClosed("the upstream closed during the handshake") : error));
      tls.destroy();
      tcp.destroy();
    };
    // It stays: what follows the handshake in the same packet may break the session before anybody else listens.
    tls.on("error", failed);
    tls.once("secureConnect", () => step.done(link));
    return () => {
      tls.destroy();
      tcp.destroy();
    };
  });
}
