import type { Cause } from "../cause.ts";
import { connectCause } from "../connect-causes.ts";
import type { Failure } from "../mishap.ts";
import { messageOf } from "../net/message-of.ts";
import { alertOf, isCertificateCode } from "../net/tls-codes.ts";
import type { TimerName } from "../plan.ts";
import { isTrickling } from "../trickling.ts";
import { Mishap, TimerRanOut, UpstreamClosed } from "./failure.ts";

/** What the gateway was doing when it failed. */
export type Stage = "resolve" | "connect" | "tls" | "exchange";

/** The circumstances of a failure. */
export interface Circumstances {
  readonly stage: Stage;
  /** Octets of the response that had come. */
  readonly received: number;
  /** The response's head had come whole. */
  readonly headWhole: boolean;
}

/** The one place where whatever failed becomes an error type of RFC 9209. */
export function causeOf(error: unknown, circumstances: Circumstances): Failure {
  if (error instanceof Mishap) return error.failure;
  if (error instanceof TimerRanOut) return ofTimer(error);
  if (error instanceof UpstreamClosed) return ofClose(error, circumstances);
  const code = codeOf(error);
  const details = messageOf(error);
  switch (circumstances.stage) {
    case "resolve":
      return ofResolver(code, details);
    case "connect":
      return { cause: connectCause(code), details };
    case "tls":
      return ofTls(error, code, details);
    case "exchange":
      return code.startsWith("HPE_") ? ofParser(code, circumstances, details) : ofTls(error, code, details);
  }
}

/** Only our own timers say that time has run out: to Node a timeout and a reset are both `ECONNRESET`. */
const timerCauses: Readonly<Record<TimerName, Cause>> = {
  resolve: "dns_timeout",
  connect: "connection_timeout",
  tls: "connection_timeout",
  send: "connection_write_timeout",
  head: "connection_read_timeout",
  idle: "connection_read_timeout",
  total: "http_response_timeout",
};

function ofTimer({ timer, limit, quiet, message }: TimerRanOut): Failure {
  const trickling = timer === "head" && isTrickling(quiet, limit);
  return { cause: trickling ? "http_response_timeout" : timerCauses[timer], details: message, timer };
}

/** FIN before the first byte: the exchange was dropped. After it: the message is incomplete (RFC 9112 §8). */
function ofClose({ message }: UpstreamClosed, { stage, received }: Circumstances): Failure {
  const incomplete = stage === "exchange" && received > 0;
  return { cause: incomplete ? "http_response_incomplete" : "connection_terminated", details: message };
}

/** The resolver's own errors with the RCODE (RFC 1035 §4.1.1) that stands behind each. */
const rcodes: Readonly<Record<string, string>> = {
  ENOTFOUND: "NXDOMAIN",
  ENODATA: "NOERROR",
  ESERVFAIL: "SERVFAIL",
  EREFUSED: "REFUSED",
  EFORMERR: "FORMERR",
  ENOTIMP: "NOTIMP",
};

function ofResolver(code: string, details: string): Failure {
  // Not EAI_AGAIN: glibc says so of SERVFAIL and REFUSED as well, and when time runs out that is for our own timer to say.
  if (code === "ETIMEOUT") return { cause: "dns_timeout", details };
  const rcode = rcodes[code];
  return { cause: "dns_error", details, ...(rcode !== undefined && { params: { rcode } }) };
}

const terminations: ReadonlySet<string> = new Set(["ECONNRESET", "EPIPE", "ECONNABORTED", "ENOTCONN", "ETIMEDOUT"]);

function ofTls(error: unknown, code: string, details: string): Failure {
  const alert = alertOf(error);
  if (alert) return { cause: "tls_alert_received", details, params: alert };
  if (isCertificateCode(code)) return { cause: "tls_certificate_error", details };
  if (code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_") || code === "EPROTO") {
    return { cause: "tls_protocol_error", details };
  }
  if (terminations.has(code)) return { cause: "connection_terminated", details };
  return { cause: "proxy_internal_error", details };
}

/** Errors of Node's HTTP parser. Once the head is whole, only the chunked coding is left to be broken. */
function ofParser(code: string, { headWhole }: Circumstances, details: string): Failure {
  if (code === "HPE_HEADER_OVERFLOW") {
    return { cause: headWhole ? "http_response_trailer_section_size" : "http_response_header_section_size", details };
  }
  if (headWhole) return { cause: "http_response_transfer_coding", details, params: { coding: "chunked" } };
  return { cause: "http_protocol_error", details };
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
