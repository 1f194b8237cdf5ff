import type { Cause } from "../cause.ts";
import type { Failure } from "./failure.ts";
import type { ForwardedRequest } from "./forwarding.ts";

/** RFC 9110 §9.2.2. A method we do not know is not idempotent. */
const idempotent: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"]);

/**
 * Failures after which another upstream may do better. Silence is not among them: whoever is slow is at work, and
 * asking a second one doubles the load; nor is a malformed response, since the next one is likely the same.
 */
const worthAnotherTry: ReadonlySet<Cause> = new Set([
  "connection_terminated",
  "http_response_incomplete",
  "tls_alert_received",
]);

/** Whether a request of which something has been sent may be sent again: only if nothing is lost or done twice. */
export function mayRepeat(forwarded: ForwardedRequest): boolean {
  return idempotent.has(forwarded.method) && !forwarded.hasBody && forwarded.upgrade.length === 0;
}

export function isWorthAnotherTry(failure: Failure): boolean {
  return worthAnotherTry.has(failure.cause);
}

/** Some ask again all the same, where the request may be repeated. */
export function isSilence({ cause }: Failure): boolean {
  return cause === "connection_read_timeout" || cause === "http_response_timeout";
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
