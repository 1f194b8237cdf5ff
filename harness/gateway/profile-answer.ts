import { type Cause, isCause, recommendedStatus } from "../cause.ts";
import type { Mark } from "../dialect.ts";
import { STATUS_CODES } from "../net/node-http.ts";
import type { Failure } from "./failure.ts";
import type { Occasion, Profile, ProfileAnswer, Source } from "./profile.ts";

/** What a profile answers on one occasion, with all that stands behind it. */
export interface ResolvedAnswer {
  readonly status: number;
  readonly reason: string;
  readonly word?: string;
  readonly text?: string;
  readonly mark: Mark;
  readonly source: Source;
  readonly note?: string;
  /** The profile says nothing of this occasion, so that it is answered like that one. */
  readonly like?: Occasion;
}

/** Where a profile says nothing of an occasion it is answered like its next of kin. The oldest ancestor is always there. */
const kin: Readonly<Partial<Record<Occasion, Occasion>>> = {
  tls_timeout: "connection_timeout",
  length_conflict: "http_protocol_error",
  dns_timeout: "dns_error",
  dns_error: "connection_refused",
  destination_not_found: "destination_unavailable",
  destination_unavailable: "connection_refused",
  destination_ip_prohibited: "destination_ip_unroutable",
  destination_ip_unroutable: "connection_refused",
  connection_terminated: "http_response_incomplete",
  connection_timeout: "connection_read_timeout",
  connection_read_timeout: "connection_refused",
  connection_write_timeout: "connection_read_timeout",
  connection_limit_reached: "destination_unavailable",
  tls_protocol_error: "connection_refused",
  tls_certificate_error: "tls_protocol_error",
  tls_alert_received: "tls_protocol_error",
  http_response_incomplete: "http_protocol_error",
  http_response_header_section_size: "http_protocol_error",
  http_response_header_size: "http_response_header_section_size",
  http_response_body_size: "http_protocol_error",
  http_response_trailer_section_size: "http_response_header_section_size",
  http_response_trailer_size: "http_response_trailer_section_size",
  http_response_transfer_coding: "http_protocol_error",
  http_response_content_coding: "http_protocol_error",
  http_response_timeout: "connection_read_timeout",
  http_upgrade_failed: "http_protocol_error",
  http_protocol_error: "connection_refused",
  proxy_loop_detected: "http_protocol_error",
};

/** Faults of the client, and of the gateway itself: a profile that says nothing of them answers as the RFC recommends. */
export const notOfUpstreams: ReadonlySet<Occasion> = new Set<Occasion>([
  "http_request_error",
  "http_request_denied",
  "proxy_internal_error",
  "proxy_configuration_error",
]);

/** Which occasion a failure is: a handshake that takes too long is told apart from a connect that does. */
export function occasionOf({ cause, timer, finer }: Failure): Occasion {
  if (timer === "tls") return "tls_timeout";
  // Vendors do not tell a request that asks too much from one that is wrong; its status is its own.
  return cause === "proxy_internal_response" ? "http_request_error" : (finer ?? cause);
}

export function answerOf(profile: Profile, asked: Occasion): ResolvedAnswer {
  if (isCause(asked) && notOfUpstreams.has(asked) && profile.answers[asked] === undefined) return recommended(asked);
  let occasion = asked;
  let answer = profile.answers[occasion];
  while (answer === undefined) {
    const next = kin[occasion];
    if (next === undefined) throw new RangeError(`the profile ${profile.name} has no answer to ${asked}`);
    occasion = next;
    answer = profile.answers[occasion];
  }
  return resolved(profile, answer, occasion === asked ? undefined : occasion);
}

function resolved(profile: Profile, answer: ProfileAnswer, like: Occasion | undefined): ResolvedAnswer {
  const { status, reason = STATUS_CODES[status] ?? "", word, text, note } = answer;
  const source = profile.sources[answer.source];
  if (source === undefined) throw new RangeError(`the profile ${profile.name} has no source “${answer.source}”`);
  return {
    status,
    reason,
    ...(word !== undefined && { word }),
    ...(text !== undefined && { text }),
    // What is answered only because its next of kin is, nobody has stated.
    mark: like !== undefined && answer.mark === "documented" ? "derived" : answer.mark,
    source,
    ...(note !== undefined && { note }),
    ...(like !== undefined && { like }),
  };
}

function recommended(cause: Cause): ResolvedAnswer {
  const status = recommendedStatus[cause];
  const source = {
    title: "RFC 9209 §2.3",
    url: "https://www.rfc-editor.org/rfc/rfc9209#section-2.3",
    date: "2022-06-01",
  };
  return { status, reason: STATUS_CODES[status] ?? "", mark: "derived", source };
}
