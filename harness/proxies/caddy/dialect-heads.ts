import { proxying, type Row } from "./dialect-row.ts";

/** What comes of a response head that breaks HTTP. */
export const heads: readonly Row[] = [
  {
    on: { id: "malformed/field-name-empty" },
    answers: "clean",
    reason: "A field without a name is left out.",
    source: "net/textproto/reader.go: ReadMIMEHeader",
  },
  {
    on: { id: "malformed/field-name-with-space" },
    answers: "clean",
    reason: "A field whose name is no token is read, but not written: it is left out.",
    source: "net/http/header.go: Header.writeSubset",
  },
  {
    on: { id: "malformed/space-before-colon" },
    admits: ["the field, with the space taken away"],
    reason:
      "The space counts as part of the name; a field whose name is no token is read, but not written: it is left out.",
    source: "net/textproto/reader.go: canonicalMIMEHeaderKey; net/http/header.go: Header.writeSubset",
  },
  {
    on: { id: "malformed/nul-in-field" },
    admits: ["the NUL", "the value with a space for the NUL"],
    reason:
      "The values of a response's fields are not looked at: only line ends in them are replaced when they are written.",
    source: "net/http/header.go: headerNewlineToSpace",
  },
  {
    on: { id: "malformed/status-600" },
    answers: "relayed(600)",
    admits: ["the backend's own reason, or none"],
    reason: "The backend's reason is never relayed; Go's server has a text of its own for codes without a name.",
    source: "net/http/server.go: writeStatusLine",
  },
  {
    on: { id: "malformed/status-zero" },
    answers: "closed",
    reason: "Go's server panics when it is to write a status below 100, and the connection is closed without a byte.",
    source: "net/http/server.go: checkWriteHeaderCode",
  },
  {
    on: { id: "malformed/version-unknown" },
    answers: "clean",
    reason: "Any two digits are a version; the response is relayed as HTTP/1.1.",
    source: "net/http/request.go: ParseHTTPVersion",
  },
  {
    on: { id: "malformed/switching-unasked" },
    answers: "own(200)",
    reason:
      "A 101 that does not fit the request is dropped without a word: nothing is written, and what was never written is an " +
      "empty 200.",
    source: "modules/caddyhttp/reverseproxy/streaming.go: handleUpgradeResponse",
  },
  {
    on: { id: "malformed/response-before-request" },
    answers: [{ claim: ["own", "clean"] }, { claim: ["own", "relayed(203)", "clean"] }],
    reason:
      "A response that is there before the request is thrown away with its connection when it is noticed first, and taken " +
      "for the answer when the request is written first: the next answer on that connection is then somebody else's.",
    source: "net/http/transport.go: persistConn.readLoop, readLoopPeekFailLocked",
  },
  {
    on: { id: "malformed/broken-gzip" },
    answers: "silent",
    reason:
      "Go's transport itself asks for gzip when the client does not (`compression`, on by default), and takes it off. What " +
      "is no gzip fails when the head has been decided: an empty 200.",
    source: `net/http/transport.go: gzipReader; ${proxying}: finalizeResponse`,
  },
];
