/**
 * Why a gateway could not obtain a good response: the error types of RFC 9209 §2.3,
 * each with the status that the RFC recommends for it. This table is the oracle.
 */
export const recommendedStatus = {
  dns_timeout: 504,
  dns_error: 502,
  destination_not_found: 500,
  destination_unavailable: 503,
  destination_ip_prohibited: 502,
  destination_ip_unroutable: 502,
  connection_refused: 502,
  connection_terminated: 502,
  connection_timeout: 504,
  connection_read_timeout: 504,
  connection_write_timeout: 504,
  connection_limit_reached: 503,
  tls_protocol_error: 502,
  tls_certificate_error: 502,
  tls_alert_received: 502,
  http_request_error: 400,
  http_request_denied: 403,
  http_response_incomplete: 502,
  http_response_header_section_size: 502,
  http_response_header_size: 502,
  http_response_body_size: 502,
  http_response_trailer_section_size: 502,
  http_response_trailer_size: 502,
  http_response_transfer_coding: 502,
  http_response_content_coding: 502,
  http_response_timeout: 504,
  http_upgrade_failed: 502,
  http_protocol_error: 502,
  proxy_internal_error: 500,
  proxy_configuration_error: 500,
  proxy_loop_detected: 502,
} as const satisfies Record<string, number>;

/** An error type that says why there is no good response. */
export type Cause = keyof typeof recommendedStatus;

/** Tells whether a word is one of them. */
export function isCause(word: string): word is Cause {
  return Object.hasOwn(recommendedStatus, word);
}

/** Registered as well, for a response of the proxy's own that no failure is behind: its status is whatever fits it. */
const ownResponse = "proxy_internal_response";

/** An error type of RFC 9209 §2.3. */
export type ErrorType = Cause | typeof ownResponse;

/** Tells whether a word, read from a `Proxy-Status` field say, is a registered error type. */
export function isErrorType(word: string): word is ErrorType {
  return word === ownResponse || isCause(word);
}
