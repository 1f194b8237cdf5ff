// @peculiar/x509 resolves its parts through decorators and does not load without this.
import "reflect-metadata";

import { type Extension, type X509Certificate, X509CertificateGenerator } from "@peculiar/x509";
import { authorityExtensions, leafExtensions } from "./certificate-extensions.ts";
import { createKeys, type Keys } from "./certificate-keys.ts";
import { type Authority, type CertificateRequest, daysFromNow, type Identity } from "./certificates.ts";

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
