import type { Knowledge } from "../knowledge.ts";
import { coded } from "../managed-entry.ts";

const source = "devcenter.heroku.com/articles/error-codes";

/** `at=error code=H12 …` in the router's log; a 503 unless told. */
export default {
  proxy: "heroku",
  title: "Heroku router",
  kind: "managed",
  entries: coded(source, [
    {
      code: "H10",
      meaning: "The application has crashed, or did not boot.",
      causes: ["connection_refused", "destination_unavailable"],
      scenarios: ["crash/dead-from-the-start", "crash/process-throws"],
    },
    {
      code: "H11",
      meaning: "Too many requests wait for the application.",
      causes: ["connection_limit_reached"],
      scenarios: ["exhaustion/workers", "exhaustion/accept-queue"],
    },
    {
      code: "H12",
      meaning: "No first byte within 30 s. A 503, where others say 504.",
      causes: ["connection_read_timeout"],
      scenarios: ["slow/never-answers", "slow/late-answer", "exhaustion/workers"],
      setting: "30 s, fixed; a timeout in the application below it",
    },
    {
      code: "H13",
      meaning: "The dyno took the connection and closed it without a byte.",
      causes: ["connection_terminated"],
      scenarios: ["crash/close-after-request", "crash/close-on-accept", "crash/process-throws"],
    },
    {
      code: "H14",
      meaning: "No web dyno runs.",
      causes: ["destination_unavailable"],
      scenarios: ["pool/all-unhealthy", "config/no-upstream"],
      setting: "heroku ps:scale web=1",
    },
    {
      code: "H15",
      meaning: "The dyno fell silent in the middle of the response for 55 s.",
      causes: ["connection_read_timeout"],
      scenarios: ["slow/stalled-body"],
    },
    {
      code: "H16",
      meaning: "A request was redirected to the router itself.",
      causes: ["proxy_loop_detected"],
      scenarios: ["config/loop"],
      mark: "mem",
    },
    {
      code: "H17",
      meaning: "The response breaks HTTP; a status line without a reason phrase does so here.",
      causes: ["http_protocol_error"],
      scenarios: ["malformed/not-http", "control/no-reason-phrase", "malformed/status-not-a-number"],
    },
    {
      code: "H18",
      meaning: "The dyno closed in the middle of the response.",
      causes: ["http_response_incomplete", "connection_terminated"],
      scenarios: ["crash/close-mid-body", "crash/reset-mid-body", "crash/process-dies-mid-body"],
    },
    {
      code: "H19",
      meaning: "No connection within 5 s, on several dynos.",
      causes: ["connection_timeout"],
      scenarios: ["slow/connect-black-hole", "exhaustion/accept-queue"],
    },
    {
      code: "H20",
      meaning: "The dyno was not ready within 75 s.",
      causes: ["connection_timeout", "destination_unavailable"],
      scenarios: ["pool/slow-start"],
    },
    {
      code: "H21",
      meaning: "The dynos refuse connections.",
      causes: ["connection_refused"],
      scenarios: ["crash/refused", "crash/restarting"],
    },
    {
      code: "H22",
      meaning: "The router has as many connections to the dyno as it may.",
      causes: ["connection_limit_reached"],
      scenarios: ["exhaustion/proxy-pool"],
    },
    {
      code: "H24",
      meaning: "The router was shut down while it waited for the response.",
      causes: ["proxy_internal_error"],
      scenarios: ["pool/rolling-restart"],
    },
    {
      code: "H25",
      meaning: "The response is not allowed: two lengths, an oversized cookie, a line that is too long. A 502.",
      causes: ["http_protocol_error", "http_response_header_size"],
      scenarios: ["malformed/length-conflict", "malformed/field-too-large"],
    },
    {
      code: "H26",
      meaning: "The request is wrong: its Expect, a field, a chunk.",
      causes: ["http_request_error"],
      scenarios: ["slow/expect-ignored"],
    },
    { code: "H27", meaning: "The client left: a 499 in the log.", causes: [], scenarios: ["slow/late-answer"] },
    {
      code: "H28",
      meaning: "The client fell silent for 55 s: a 499 in the log.",
      causes: [],
      scenarios: ["control/healthy"],
    },
    {
      code: "H31",
      meaning: "The request was sent to an application that does not know its name.",
      causes: ["http_request_error"],
      scenarios: ["config/wrong-host-header"],
    },
    {
      code: "H32",
      meaning: "The TLS certificate does not fit the name that was asked for.",
      causes: ["tls_certificate_error"],
      scenarios: ["tls/wrong-host"],
    },
    {
      code: "H33",
      meaning: "An HTTP/2 stream broke.",
      causes: ["connection_terminated"],
      scenarios: ["crash/reset-after-request"],
    },
    {
      code: "H34",
      meaning: "Every dyno is quarantined after failed connections.",
      causes: ["destination_unavailable", "connection_refused"],
      scenarios: ["pool/all-dead", "crash/refused"],
    },
    {
      code: "H80",
      meaning: "The application is in maintenance mode.",
      causes: [],
      scenarios: ["control/own-503"],
      setting: "heroku maintenance:off",
    },
    {
      code: "H81",
      meaning: "No code has been deployed: a 502.",
      causes: ["destination_not_found"],
      scenarios: ["config/no-upstream"],
    },
    {
      code: "H82",
      meaning: "The dyno hours are used up.",
      causes: ["destination_unavailable"],
      scenarios: ["pool/all-unhealthy"],
    },
    {
      code: "H83",
      meaning: "The platform is degraded as planned.",
      causes: ["proxy_internal_error"],
      scenarios: ["control/own-503"],
    },
    {
      code: "H99",
      meaning: "The platform itself failed.",
      causes: ["proxy_internal_error"],
      scenarios: ["control/own-503"],
    },
  ]),
} satisfies Knowledge;
