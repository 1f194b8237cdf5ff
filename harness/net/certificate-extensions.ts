// @peculiar/x509 resolves its parts through decorators and does not load without this.
import "reflect-metadata";

import { isIP } from "node:net";
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
} from "@peculiar/x509";
import type { Usage } from "./certificates.ts";

/** What makes a certificate an authority's (RFC 5280 §4.2.1.3, §4.2.1.9). */
export function authorityExtensions(): Extension[] {
  return [
    new BasicConstraintsExtension(true, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
  ];
}

/** What a server's, or a client's, certificate says of its use and its names. */
export function leafExtensions(
  names: readonly string[],
  usages: readonly Usage[] = ["serverAuth", "clientAuth"],
): Extension[] {
  return [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension(usages.map((usage) => ExtendedKeyUsage[usage])),
    new SubjectAlternativeNameExtension(names.map((name) => ({ type: isIP(name) ? "ip" : "dns", value: name }))),
  ];
}
