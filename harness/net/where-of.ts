/** Where a socket connects to. */
export interface Where {
  /** A name or an address, without the brackets that a URL puts around IPv6. */
  readonly host: string;
  readonly port: number;
}

/** Where an `http:` or `https:` URL leads: to port 80 or 443 where it names none (RFC 9110 §4.2). */
export function whereOf({ protocol, hostname, port }: URL): Where {
  return { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port || (protocol === "https:" ? 443 : 80)) };
}
