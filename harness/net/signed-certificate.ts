import { randomBytes, X509Certificate } from "node:crypto";
import { Integer, Utf8String } from "asn1js";
import { AttributeTypeAndValue, Certificate, type Extension, RelativeDistinguishedNames, Time, TimeType } from "pkijs";
import { keyExtensions } from "./certificate-extensions.ts";
import type { Keys } from "./certificate-keys.ts";

/** Somebody with a common name and keys: whom a certificate is for, or who signs it. */
export interface Party {
  readonly name: string;
  readonly keys: Keys;
}

export interface Lifetime {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** Of a version 3 certificate (RFC 5280 §4.1.2.1). */
const version3 = 2;

const commonName = "2.5.4.3";

/** From this year on a date has to be a `GeneralizedTime`, which has four digits for it (RFC 5280 §4.1.2.5). */
const fourDigits = 2050;

/** A certificate (RFC 5280 §4.1) as PEM. One that its subject signs itself names no key of an authority. */
export async function signedCertificate(
  subject: Party,
  issuer: Party,
  { notBefore, notAfter }: Lifetime,
  extensions: readonly Extension[],
): Promise<string> {
  const { publicKeyInfo, id } = subject.keys;
  const certificate = new Certificate({
    version: version3,
    serialNumber: serialNumber(),
    subject: distinguishedName(subject),
    issuer: distinguishedName(issuer),
    notBefore: time(notBefore),
    notAfter: time(notAfter),
    subjectPublicKeyInfo: publicKeyInfo,
    extensions: [...extensions, ...keyExtensions(id, issuer === subject ? undefined : issuer.keys.id)],
  });
  await certificate.sign(issuer.keys.pair.privateKey, "SHA-256");
  return new X509Certificate(Buffer.from(certificate.toSchema(true).toBER())).toString();
}

/** At random, so that no two certificates of an authority have the same; positive, since its first bit is not set. */
function serialNumber(): Integer {
  const octets = randomBytes(16);
  octets[0] = ((octets[0] ?? 0) & 0x7f) | 0x40; // and no octet too many, which DER forbids
  return new Integer({ valueHex: octets });
}

function distinguishedName({ name }: Party): RelativeDistinguishedNames {
  const value = new Utf8String({ value: name });
  return new RelativeDistinguishedNames({ typesAndValues: [new AttributeTypeAndValue({ type: commonName, value })] });
}

/** In whole seconds, as RFC 5280 §4.1.2.5 wants it. */
function time(date: Date): Time {
  const type = date.getUTCFullYear() < fourDigits ? TimeType.UTCTime : TimeType.GeneralizedTime;
  return new Time({ type, value: new Date(Math.floor(date.getTime() / 1_000) * 1_000) });
}
