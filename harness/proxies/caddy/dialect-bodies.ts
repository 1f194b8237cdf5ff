import { proxying, type Row } from "./dialect-row.ts";

const endedAsWhole =
  "When a body fails, Caddy logs “aborting with incomplete response” and returns as after a success: Go's server then ends " +
  "the message as it would a whole one. With a Content-Length the client sees that octets are missing; ";

/** What comes of a body that breaks off, or breaks its framing. */
export const bodies: readonly Row[] = [
  {
    on: { glob: "{crash/{close-delimited-reset,close-mid-chunk},malformed/late-bad-chunk}" },
    answers: "silent",
    reason: `${endedAsWhole}without, the last chunk is written, and it looks whole.`,
    source: `${proxying}: finalizeResponse; later releases panic there (pull request 5952)`,
  },
  {
    on: {
      glob: "{crash/close-without-last-chunk,malformed/{chunk-without-crlf,trailer-endless}}",
    },
    answers: "clean",
    reason: `${endedAsWhole}without, the last chunk is written. All the content had come.`,
    source: `${proxying}: finalizeResponse; later releases panic there (pull request 5952)`,
  },
  {
    on: { glob: "malformed/{chunk-size-{not-hex,overflow},chunk-extension-endless}" },
    answers: "silent",
    reason: `${endedAsWhole}here nothing had come, and the client gets an empty 200.`,
    source: `${proxying}: finalizeResponse; later releases panic there (pull request 5952)`,
  },
  {
    on: { id: "malformed/coding-in-http10" },
    answers: "silent",
    reason:
      "A Transfer-Encoding in HTTP/1.0 is left out, and the octets of its chunks are relayed as content, which they are not.",
    source: "net/http/transfer.go: parseTransferEncoding, golang/go#12785",
  },
];
