// @peculiar/x509 resolves its parts through decorators and does not load without this.
import "reflect-metadata";

import type { webcrypto } from "node:crypto";
import {
  AuthorityKeyIdentifierExtension,
  type Extension,
  PemConverter,
  SubjectKeyIdentifierExtension,
} from "@peculiar/x509";

/** A key pair with what certificates say about it, worked out once since exporting a key is slow. */
export interface Keys {
  readonly pair: webcrypto.CryptoKeyPair;
  /** The private key as PEM. */
  readonly key: string;
  readonly subjectId: Extension;
  readonly authorityId: Extension;
}

export async function createKeys(): Promise<Keys> {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  return {
    pair,
    key: `${PemConverter.encode(await crypto.subtle.exportKey("pkcs8", pair.privateKey), PemConverter.PrivateKeyTag)}\n`,
    subjectId: await SubjectKeyIdentifierExtension.create(pair.publicKey),
    authorityId: await AuthorityKeyIdentifierExtension.create(pair.publicKey),
  };
}
