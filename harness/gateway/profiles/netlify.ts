import type { Profile } from "../profile.ts";

const memory = { mark: "unconfirmed", source: "memory" } as const;

/** Nothing of this is confirmed. */
export default {
  name: "netlify",
  title: "Netlify",
  setting: "experimental: a proxied rewrite",
  sources: { memory: { title: "from memory", date: "2026-11-26" } },
  answers: {
    connection_refused: { ...memory, status: 502 },
    connection_timeout: { ...memory, status: 504 },
    connection_read_timeout: { ...memory, status: 504, note: "after about 26 s" },
    http_protocol_error: { ...memory, status: 502 },
  },
  timers: { head: { ...memory, ms: 26_000, note: "about" } },
  page: { type: "text/plain; charset=utf-8", body: "{reason} (Netlify, imitated by badgateway) Request ID: {id}\n" },
  fields: {
    own: [],
    every: [
      { ...memory, name: "Server", text: "Netlify" },
      { ...memory, name: "x-nf-request-id", text: "{id}" },
    ],
  },
  ids: { id: "{word:26}" },
  log: {
    own: '{"time":"{time}","request_id":"{id}","method":"{method}","path":"{target}","status":{status},"error":"{reason}"}',
    relayed: '{"time":"{time}","request_id":"{id}","method":"{method}","path":"{target}","status":{status}}',
  },
  beyond: [{ ...memory, status: "502", what: "a function crashed or ran out of time; the body names the error" }],
} satisfies Profile;
