import type { Profile } from "../profile.ts";

const said = { mark: "unconfirmed", source: "second" } as const;
const memory = { mark: "unconfirmed", source: "memory" } as const;

/** Little is public: nothing of this is confirmed. */
export default {
  name: "akamai",
  title: "Akamai",
  setting: "experimental",
  sources: {
    second: {
      title: "How to translate Akamai error messages (second-hand)",
      url: "https://www.ip-info.xyz/articles/how-to-translate-akamai-error-messages",
      date: "2026-11-26",
    },
    aborted: {
      title: "What is Akamai HTTP response code 000 (second-hand)",
      url: "https://baseaction.blogspot.com/2013/08/what-is-akamai-http-response-code-000.html",
      date: "2026-11-26",
    },
    memory: { title: "from memory", date: "2026-11-26" },
  },
  answers: {
    connection_refused: { ...memory, status: 503, word: "ERR_CONNECT_FAIL" },
    connection_timeout: { ...memory, status: 504, word: "ERR_CONNECT_TIMEOUT" },
    connection_read_timeout: { ...memory, status: 504, word: "ERR_READ_TIMEOUT" },
    connection_terminated: { ...memory, status: 503, word: "ERR_ZERO_SIZE_OBJECT" },
    http_response_incomplete: { ...memory, status: 503, word: "ERR_READ_ERROR" },
    http_protocol_error: { ...said, status: 502, word: "ERR_READ_ERROR" },
    tls_protocol_error: { ...memory, status: 503, word: "ERR_ORIGIN_SSL" },
    dns_error: { ...memory, status: 503, word: "ERR_DNS_FAIL" },
    destination_unavailable: { ...memory, status: 503, word: "ERR_CONNECT_FAIL" },
  },
  timers: { head: { ...memory, ms: 120_000, note: "first octet" } },
  page: {
    type: "text/html",
    body: "<HTML><HEAD>\n<TITLE>{reason}</TITLE>\n</HEAD><BODY>\n<H1>{reason} (Akamai, imitated by badgateway)</H1>\nThe server could not be asked.<P>\nReference&#32;&#35;{ref}\n</BODY></HTML>\n",
  },
  fields: { own: [{ ...memory, name: "Server", text: "AkamaiGHost" }], every: [] },
  ids: { ref: "{digits:2}.{hex:8}.{digits:10}.{hex:8}" },
  log: {
    own: "{time} {clientHost} {method} {host}{target} {status} {sent} {word} #{ref}",
    relayed: "{time} {clientHost} {method} {host}{target} {status} {sent} - #{ref}",
    left: { status: "000" },
  },
  beyond: [
    {
      mark: "unconfirmed",
      source: "aborted",
      status: "000",
      what: "in the log alone: the client left before any content",
    },
  ],
} satisfies Profile;
