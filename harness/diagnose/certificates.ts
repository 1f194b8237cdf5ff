import type { X509Certificate } from "node:crypto";
import type { TLSSocket } from "node:tls";
import type { Sign } from "./signs.ts";

export interface Shown {
  readonly subject: string;
  readonly until: Date;
  readonly says: string;
}

/** The certificates that the upstream has shown, its own first. */
export function chainOf(tls: TLSSocket): Shown[] {
  const chain: X509Certificate[] = [];
  let next = tls.getPeerX509Certificate();
  while (next && !chain.some(({ fingerprint256 }) => fingerprint256 === next?.fingerprint256)) {
    chain.push(next);
    next = next.issuerCertificate;
  }
  return chain.map((certificate, index) => {
    const subject = commonName(certificate.subject);
    const names = certificate.subjectAltName?.replaceAll(/(DNS|IP Address):/g, "") ?? "";
    const from = certificate.validFromDate.toISOString().slice(0, 16);
    const until = certificate.validToDate;
    const dates = `valid ${from} to ${until.toISOString().slice(0, 16)} UTC`;
    const of = `certificate ${index + 1}: ${subject}${names === "" ? "" : ` for ${names}`}`;
    return { subject, until, says: `${of}, by ${commonName(certificate.issuer)}, ${dates}` };
  });
}

function commonName(name: string | undefined): string {
  return /^CN=(.*)$/m.exec(name ?? "")?.[1] ?? (name ?? "nobody").replaceAll("\n", ", ");
}

/** What OpenSSL and Node have against a certificate, and what it looks like. */
export function certificateSign(code: string): Sign {
  return certificateSigns[code] ?? "certificate-rejected";
}

const certificateSigns: Readonly<Record<string, Sign>> = {
  CERT_HAS_EXPIRED: "certificate-expired",
  CERT_NOT_YET_VALID: "certificate-not-yet-valid",
  DEPTH_ZERO_SELF_SIGNED_CERT: "certificate-self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "certificate-of-strangers",
  UNABLE_TO_GET_ISSUER_CERT: "certificate-of-strangers",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "certificate-of-strangers",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "certificate-of-strangers",
  INVALID_PURPOSE: "certificate-for-clients",
  ERR_TLS_CERT_ALTNAME_INVALID: "certificate-of-another-name",
};
