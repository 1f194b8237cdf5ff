import {
  type Authority,
  createAuthority,
  daysFromNow,
  type Identity,
  selfSigned,
  type Usage,
} from "../net/certificates.ts";

/** The name that our TLS backends are reached by: sent as SNI, and what their certificates are issued for. */
export const serverName = "upstream.test";

/** What a server shows; made when the backend opens, by or without the authority that the proxy trusts. */
export type Certificate = (trusted: Authority) => Promise<Identity>;

export interface Particulars {
  /** Whom it is for; `serverName` unless told. */
  readonly name?: string;
  /** First and last moment, in days from now; negative for the past. */
  readonly days?: readonly [from: number, until: number];
  readonly usages?: readonly Usage[];
}

/** All backends of a run share one, since making it is slow. */
function madeOnce(make: Certificate): Certificate {
  const all = new WeakMap<Authority, Promise<Identity>>();
  return (trusted) => {
    const made = all.get(trusted) ?? make(trusted);
    all.set(trusted, made);
    return made;
  };
}

/** A certificate in which nothing is wrong. */
export const soundCertificate: Certificate = madeOnce((trusted) => trusted.issue(requestFor({})));

/** Issued by the authority that the proxy trusts. */
export function issued(particulars: Particulars): Certificate {
  return (trusted) => trusted.issue(requestFor(particulars));
}

/** Signed with its own key. */
export function selfIssued(particulars: Particulars = {}): Certificate {
  return () => selfSigned(requestFor(particulars));
}

/** Issued by an authority that nobody has told the proxy to trust. */
export function issuedByStranger(particulars: Particulars = {}): Certificate {
  return async () => (await createAuthority("Private CA of the other department")).issue(requestFor(particulars));
}

const belowIntermediate = madeOnce(async (trusted) => {
  const intermediate = await trusted.intermediate("badgateway intermediate authority");
  return intermediate.issue(requestFor({}));
});

/** Issued by an intermediate below the trusted authority; the server sends both certificates, or the leaf alone. */
export function issuedByIntermediate(sends: "both" | "leaf"): Certificate {
  return async (trusted) => {
    const identity = await belowIntermediate(trusted);
    return sends === "both" ? identity : { ...identity, chain: identity.certificate };
  };
}

function requestFor({ name = serverName, days, usages }: Particulars) {
  return {
    // The names below it are what one asks for who wants a certain fault of a server that has several.
    names: [name, `*.${name}`] as const,
    ...(days && { notBefore: daysFromNow(days[0]), notAfter: daysFromNow(days[1]) }),
    ...(usages && { usages }),
  };
}
