import { authorityExtensions, leafExtensions } from "./certificate-extensions.ts";
import { createKeys, type Keys } from "./certificate-keys.ts";
import { type Lifetime, type Party, signedCertificate } from "./signed-certificate.ts";

/** Signs certificates: a root, or an intermediate below one. Everything is P-256, made in memory, relative to now. */
export interface Authority {
  /** The authority's own certificate. */
  readonly pem: string;
  issue(request: CertificateRequest): Promise<Identity>;
  /** A further authority, signed by this one; what it issues has its certificate in the chain. */
  intermediate(name: string): Promise<Authority>;
}

export type Usage = "serverAuth" | "clientAuth";

export interface CertificateRequest {
  /** DNS names and IP addresses: they become the subjectAltName, the first one the common name too. */
  readonly names: readonly [string, ...string[]];
  /** An hour ago unless told. */
  readonly notBefore?: Date;
  /** In a day unless told. */
  readonly notAfter?: Date;
  /** Server and client unless told. */
  readonly usages?: readonly Usage[];
}

/** What a server, or a client, shows and proves itself with. All PEM. */
export interface Identity {
  /** PKCS #8. */
  readonly key: string;
  /** The leaf alone. */
  readonly certificate: string;
  /** The leaf, then the intermediates, without the root. */
  readonly chain: string;
}

/** A root authority of its own: nobody trusts it until told to. */
export async function createAuthority(name: string): Promise<Authority> {
  const keys = await createKeys();
  const own = { name, keys };
  const pem = await signedCertificate(own, own, authorityLifetime(), authorityExtensions());
  return authority(own, pem, []);
}

/** A certificate that vouches for itself, as a person makes one for a development machine. */
export async function selfSigned({ names, usages, ...lifetime }: CertificateRequest): Promise<Identity> {
  const keys = await createKeys();
  const own = { name: names[0], keys };
  const pem = await signedCertificate(own, own, leafLifetime(lifetime), leafExtensions(names, usages));
  return identity(keys, [pem]);
}

/** @param above the certificates between this authority's leaves and the root: its own first, none for the root */
function authority(own: Party, pem: string, above: readonly string[]): Authority {
  // One key pair serves every leaf: what a scenario is about is the certificate around it.
  let leafKeys: Promise<Keys> | undefined;
  return {
    pem,
    async issue({ names, usages, ...lifetime }) {
      leafKeys ??= createKeys();
      const leaf = { name: names[0], keys: await leafKeys };
      const certificate = await signedCertificate(leaf, own, leafLifetime(lifetime), leafExtensions(names, usages));
      return identity(leaf.keys, [certificate, ...above]);
    },
    async intermediate(name) {
      const below = { name, keys: await createKeys() };
      const certificate = await signedCertificate(below, own, authorityLifetime(), authorityExtensions());
      return authority(below, certificate, [certificate, ...above]);
    },
  };
}

function identity({ key }: Keys, chain: readonly [string, ...string[]]): Identity {
  return { key, certificate: chain[0], chain: chain.join("") };
}

/** The point in time so many days from now; negative for the past. */
export function daysFromNow(days: number): Date {
  return new Date(Date.now() + days * 24 * 60 * 60 * 1000);
}

// Begun an hour ago, so that two clocks that differ a little do not make a good certificate bad.
function leafLifetime({ notBefore = daysFromNow(-1 / 24), notAfter = daysFromNow(1) }: Partial<Lifetime>): Lifetime {
  return { notBefore, notAfter };
}

function authorityLifetime(): Lifetime {
  return { notBefore: daysFromNow(-365), notAfter: daysFromNow(365) };
}
