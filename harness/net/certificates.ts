// @peculiar/x509 resolves its parts through decorators and does not load without this.
import "reflect-metadata";

import { type Extension, type X509Certificate, X509CertificateGenerator } from "@peculiar/x509";
import { authorityExtensions, leafExtensions } from "./certificate-extensions.ts";
import { createKeys, type Keys } from "./certificate-keys.ts";

/** Signs certificates: a root, or an intermediate below one. Everything is P-256, made in memory, relative to now. */
export interface Authority {
  /** The authority's own certificate. */
  readonly pem: string;
  issue(request: CertificateRequest): Promise<Identity>;
  /** A further authority, signed by this one; what it issues has its certificate in the chain. */
  intermediate(name: string): Promise<Authority>;
}

// Here, so that the types of this file lead to none of @peculiar/x509, which need those of a browser.
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
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [name] }],
    keys: keys.pair,
    ...authorityLifetime(),
    extensions: [...authorityExtensions(), keys.subjectId],
  });
  return authority(certificate, keys, []);
}

/** A certificate that vouches for itself, as a person makes one for a development machine. */
export async function selfSigned(request: CertificateRequest): Promise<Identity> {
  const keys = await createKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [request.names[0]] }],
    keys: keys.pair,
    ...leafLifetime(request),
    extensions: [...leafExtensions(request.names, request.usages), keys.subjectId],
  });
  return identity(keys, [pem(certificate)]);
}

/** @param above the certificates between this authority's leaves and the root: its own first, none for the root */
function authority(own: X509Certificate, keys: Keys, above: readonly string[]): Authority {
  // One key pair serves every leaf: what a scenario is about is the certificate around it.
  let leafKeys: Promise<Keys> | undefined;

  const sign = (commonName: string, subject: Keys, extensions: Extension[], lifetime: Lifetime) =>
    X509CertificateGenerator.create({
      subject: [{ CN: [commonName] }],
      issuer: own.subjectName,
      publicKey: subject.pair.publicKey,
      signingKey: keys.pair.privateKey,
      ...lifetime,
      extensions: [...extensions, subject.subjectId, keys.authorityId],
    });

  return {
    pem: pem(own),
    async issue(request) {
      leafKeys ??= createKeys();
      const leaf = await leafKeys;
      const extensions = leafExtensions(request.names, request.usages);
      const certificate = await sign(request.names[0], leaf, extensions, leafLifetime(request));
      return identity(leaf, [pem(certificate), ...above]);
    },
    async intermediate(name) {
      const below = await createKeys();
      const certificate = await sign(name, below, authorityExtensions(), authorityLifetime());
      return authority(certificate, below, [pem(certificate), ...above]);
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
function leafLifetime({ notBefore = daysFromNow(-1 / 24), notAfter = daysFromNow(1) }: CertificateRequest): Lifetime {
  return { notBefore, notAfter };
}

function authorityLifetime(): Lifetime {
  return { notBefore: daysFromNow(-365), notAfter: daysFromNow(365) };
}

interface Lifetime {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

function pem(certificate: X509Certificate): string {
  return `${certificate.toString("pem")}\n`;
}
