import type { Finding } from "./layer.ts";

/** Octets that came apart from any answer: a proxy that keeps the connection would take them for the next one (RFC 9112 §9.2). */
export function unaskedOctets(octets: number): Omit<Finding, "layer"> {
  const says = `${octets} octets came while nothing was asked: answers may get to the wrong client`;
  return { sign: "octets-nobody-asked-for", cause: "http_protocol_error", says };
}

/** Octets behind the end of an answer, come along with it: a proxy closes the connection, and the answer is good. */
export function octetsBehind(octets: number): Omit<Finding, "layer"> {
  return { sign: "octets-behind-response", says: `${octets} octets came behind the whole response` };
}
