import { createHash, KeyObject, type webcrypto } from "node:crypto";
import { PublicKeyInfo } from "pkijs";

/** A key pair with what certificates say about it. */
export interface Keys {
  readonly pair: webcrypto.CryptoKeyPair;
  /** The private key as PEM. */
  readonly key: string;
  readonly publicKeyInfo: PublicKeyInfo;
  /** By which certificates name the public key: SHA-1 of its bits (RFC 5280 §4.2.1.2). */
  readonly id: Uint8Array;
}

export async function createKeys(): Promise<Keys> {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  const publicKeyInfo = PublicKeyInfo.fromBER(KeyObject.from(pair.publicKey).export({ type: "spki", format: "der" }));
  return {
    pair,
    key: KeyObject.from(pair.privateKey).export({ type: "pkcs8", format: "pem" }).toString(),
    publicKeyInfo,
    id: createHash("sha1").update(publicKeyInfo.subjectPublicKey.valueBlock.valueHexView).digest(),
  };
}
