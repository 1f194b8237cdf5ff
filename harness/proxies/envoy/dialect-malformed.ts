import type { Row } from "./dialect-row.ts";

const parser = "source/common/http/http1/balsa_parser.cc";

/** What becomes of a response that breaks HTTP, or that is interim. */
export const malformed: readonly Row[] = [
  {
    on: { id: "control/interim" },
    admits: ["an answer without the 103 and its Link ahead of it"],
    reason: "Interim responses are dropped.",
    source: "source/common/router/upstream_request.cc: UpstreamRequest::decodeHeaders, “drop unsupported 1xx”",
  },
  {
    on: { id: "malformed/switching-unasked" },
    answers: "relayed(101)",
    reason: "A 101 is the one interim response that is relayed, though nobody has asked for it.",
    source: "source/common/router/upstream_request.cc: UpstreamRequest::decodeHeaders",
  },
  {
    on: { id: "malformed/bare-cr-in-field" },
    admits: ["one value with a space for the CR"],
    reason: "A CR without a LF is taken out of the value.",
    source: "quiche/balsa/balsa_frame.cc, by which Envoy parses",
  },
  {
    on: { id: "malformed/body-on-204" },
    answers: "own(502)",
    admits: ["octets behind the 204"],
    reason:
      "What follows a message without a body, unasked, breaks HTTP: the 204 is not relayed but answered with a 502.",
    source: "source/common/http/http1/codec_impl.cc: ClientConnectionImpl::onStatusBase, prematureResponseError",
  },
  {
    on: { id: "malformed/chunk-extension-endless" },
    answers: "clean",
    reason: "Chunk extensions are read over and dropped, however long.",
    source: `${parser}: BalsaParser::OnChunkExtensionInput does nothing`,
  },
  {
    on: { id: "malformed/status-600" },
    admits: ["the backend's own reason, or none"],
    reason: "Every status gets Envoy's own reason phrase, and one that it does not know “Unknown”.",
    source: "source/common/http/codes.cc: CodeUtility::toString",
  },
  {
    on: { id: "malformed/status-four-digits" },
    answers: "relayed(1000)",
    reason: "Any number of digits is a status code.",
    source: `${parser}: BalsaParser::OnResponseFirstLineInput`,
  },
  {
    on: { id: "malformed/version-unknown" },
    answers: "clean",
    reason: "Any digits are a version; the response is relayed as HTTP/1.1.",
    source: `${parser}: BalsaParser::OnResponseFirstLineInput`,
  },
];
