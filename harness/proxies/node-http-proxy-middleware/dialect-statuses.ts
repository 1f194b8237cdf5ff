import { forEach, type Row } from "../node/dialect-of.ts";

const source = "dist/status-code.js: getStatusCode";
const others = "Codes that do not stand in the table are a 500";

/** The table from codes of errors to statuses. */
export const statuses: readonly Row[] = [
  {
    on: { glob: "{crash/socket-missing,config/socket-no-permission}" },
    answers: "own(500)",
    reason: `${others}: ENOENT and EACCES here.`,
    source,
  },
  {
    on: { id: "exhaustion/connection-limit" },
    answers: { tally: { "own(504)": 3, clean: 2 } },
    reason: "ECONNRESET is a 504 in the table from codes to statuses.",
    source,
  },
  {
    on: { id: "tls/client-certificate-required-13" },
    answers: ["own(500)", "own(504)"],
    reason: `${others}: that of an alert. Where the alert is lost to a reset, it is ECONNRESET, a 504.`,
    source,
  },
  {
    on: { glob: "{dns/{alias-loop,no-address,nxdomain},container/name-gone}" },
    answers: "own(504)",
    reason: "ENOTFOUND is a 504 in the table from codes to statuses.",
    source,
  },
  {
    on: { glob: "malformed/{bare-cr-in-field,bare-lf-lines,leading-blank-fields,length-conflict}" },
    answers: "own(500)",
    reason:
      `${others}, though they are the parser's: HPE_LF_EXPECTED, HPE_CR_EXPECTED, HPE_UNEXPECTED_SPACE, ` +
      "HPE_UNEXPECTED_CONTENT_LENGTH. Only those that begin with HPE_INVALID are a 502.",
    source,
  },
  ...forEach(["dns_error", "dns_timeout"], {
    answers: "own(500)",
    reason: `${others}: EAI_AGAIN, whatever has gone wrong with the name, unless it is known not to exist.`,
    source,
  }),
  ...forEach(["connection_refused", "connection_terminated", "http_response_incomplete"], {
    answers: "own(504)",
    reason: "ECONNREFUSED and ECONNRESET are a 504 in the table from codes to statuses.",
    source,
  }),
  ...forEach(["tls_certificate_error", "tls_alert_received", "tls_protocol_error"], {
    answers: "own(500)",
    reason: `${others}: all of TLS and of certificates.`,
    source,
  }),
  ...forEach(["http_response_header_section_size", "http_response_header_size"], {
    answers: "own(500)",
    reason: `${others}: HPE_HEADER_OVERFLOW.`,
    source,
  }),
];
