import type { ErrorType } from "../cause.ts";
import type { Failure } from "./failure.ts";
import type { ForwardedRequest } from "./forwarding.ts";
import type { Tries } from "./profile.ts";

/** RFC 9110 §9.2.2. A method we do not know is not idempotent. */
const idempotent: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"]);

/**
 * What an exchange failed by, in the words of `Tries`. A malformed response is not among them, since the next one is
 * likely the same.
 */
const kinds: Readonly<Partial<Record<ErrorType, Tries["after"][number]>>> = {
  connection_terminated: "terminated",
  http_response_incomplete: "terminated",
  tls_alert_received: "terminated",
  connection_read_timeout: "silence",
  http_response_timeout: "silence",
};

/** Whether a request of which something has been sent may be sent again: only if nothing is lost or done twice. */
export function mayRepeat(forwarded: ForwardedRequest): boolean {
  return idempotent.has(forwarded.method) && !forwarded.hasBody && forwarded.upgrade.length === 0;
}

/** Whether an exchange that failed so is worth another try. The total timer is for all tries together. */
export function isWorthAnother({ cause, timer }: Failure, after: Tries["after"]): boolean {
  const kind = kinds[cause];
  return kind !== undefined && timer !== "total" && after.includes(kind);
}

/**
 * A kept connection that ends before the first byte of a response has most likely been closed before the request
 * came (RFC 9112 §9.3.1): that says nothing about the upstream, and one fresh connection settles it.
 */
export function isStale(failure: Failure, connection: { served: number } | undefined, received: number): boolean {
  return (
    failure.cause === "connection_terminated" && connection !== undefined && connection.served > 0 && received === 0
  );
}
