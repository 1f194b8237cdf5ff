import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createSecureContext, type SecureContext } from "node:tls";
import { messageOf } from "../net/message-of.ts";
import type { Trust } from "../plan.ts";
import { OptionError } from "./option-error.ts";

/** How TLS upstreams are verified, and what the gateway shows of itself. */
export interface Credentials {
  readonly context: SecureContext | undefined;
  readonly serverName: string | undefined;
  /** The upstream's certificate must be valid, and its own. */
  readonly verify: boolean;
}

/** What reads them for a gateway that starts. */
export type ReadCredentials = (trust: Partial<Trust>, verify?: boolean) => Promise<Credentials>;

/** For many gateways that start together, nearly all with the same files: each of these is read and parsed once. */
export function readingOnce(): ReadCredentials {
  const known = new Map<string, Promise<Credentials>>();
  return (trust, verify) => {
    const same = JSON.stringify([trust, verify]);
    const reading = known.get(same) ?? readCredentials(trust, verify);
    known.set(same, reading);
    return reading;
  };
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
