import { isIP } from "node:net";
import { encode as octetsOf } from "@leichtgewicht/ip-codec";
import { type BaseBlock, BitString, OctetString } from "asn1js";
import {
  AuthorityKeyIdentifier,
  BasicConstraints,
  Extension,
  ExtKeyUsage,
  GeneralName,
  GeneralNames,
  id_AuthorityKeyIdentifier,
  id_BasicConstraints,
  id_ExtKeyUsage,
  id_KeyUsage,
  id_SubjectAltName,
  id_SubjectKeyIdentifier,
} from "pkijs";
import type { Usage } from "./certificates.ts";

/** RFC 5280 §4.2.1.12. */
const purposes: Readonly<Record<Usage, string>> = { serverAuth: "1.3.6.1.5.5.7.3.1", clientAuth: "1.3.6.1.5.5.7.3.2" };

/** What makes a certificate an authority's (RFC 5280 §4.2.1.3, §4.2.1.9). */
export function authorityExtensions(): Extension[] {
  const signsCertificatesAndLists = new BitString({ valueHex: Uint8Array.of(0b0000_0110), unusedBits: 1 });
  return [
    extension(id_BasicConstraints, new BasicConstraints({ cA: true }).toSchema(), "critical"),
    extension(id_KeyUsage, signsCertificatesAndLists, "critical"),
  ];
}

/** What a server's, or a client's, certificate says of its use and its names. */
export function leafExtensions(
  names: readonly string[],
  usages: readonly Usage[] = ["serverAuth", "clientAuth"],
): Extension[] {
  const signsHandshakes = new BitString({ valueHex: Uint8Array.of(0b1000_0000), unusedBits: 7 });
  return [
    extension(id_BasicConstraints, new BasicConstraints({ cA: false }).toSchema(), "critical"),
    extension(id_KeyUsage, signsHandshakes, "critical"),
    extension(id_ExtKeyUsage, new ExtKeyUsage({ keyPurposes: usages.map((usage) => purposes[usage]) }).toSchema()),
    extension(id_SubjectAltName, new GeneralNames({ names: names.map(generalName) }).toSchema()),
  ];
}

/** Whose key a certificate is for, and whose has signed it (RFC 5280 §4.2.1.1, §4.2.1.2). */
export function keyExtensions(subject: Uint8Array, issuer?: Uint8Array): Extension[] {
  const own = extension(id_SubjectKeyIdentifier, new OctetString({ valueHex: subject }));
  if (!issuer) return [own];
  const keyIdentifier = new OctetString({ valueHex: issuer });
  return [own, extension(id_AuthorityKeyIdentifier, new AuthorityKeyIdentifier({ keyIdentifier }).toSchema())];
}

function extension(extnID: string, value: BaseBlock, critical?: "critical"): Extension {
  return new Extension({ extnID, critical: critical !== undefined, extnValue: value.toBER() });
}

/** RFC 5280 §4.2.1.6: a DNS name, or the octets of an address. */
function generalName(name: string): GeneralName {
  const [dns, address] = [2, 7] as const;
  if (isIP(name) === 0) return new GeneralName({ type: dns, value: name });
  return new GeneralName({ type: address, value: new OctetString({ valueHex: octetsOf(name) }) });
}
