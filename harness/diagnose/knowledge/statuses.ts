import type { Cause } from "../../cause.ts";
import { recommendedStatus } from "../../cause.ts";
import type { Entry, Knowledge } from "../knowledge.ts";

/**
 * A status alone, with its phrase, as the title of an error page, or where an access log has it: in front, behind the
 * request, behind its name. nginx and HAProxy write “Time-out”.
 */
function status(code: number, phrase: string): RegExp {
  const before = String.raw`^\s*"?(?:HTTP/[\d.]+ )?|\bHTTP/[\d.]+" |\b(?:status|BerespStatus)["=: ]+|<(?:title|h1)>`;
  const said = phrase.replace("Timeout", "Time-?out");
  return new RegExp(`(?:${before})${code}(?![\\d.])(?: ${said})?|^\\s*${said}\\s*$`, "i");
}

function causesFor(code: number): Cause[] {
  const causes = Object.keys(recommendedStatus) as Cause[];
  return causes.filter((cause) => recommendedStatus[cause] === code);
}

function entry(code: number, phrase: string, meaning: string, rest: Pick<Entry, "scenarios" | "setting"> = {}): Entry {
  const causes = causesFor(code);
  return {
    pattern: status(code, phrase),
    words: `${code} ${phrase}`,
    meaning,
    causes,
    source: "RFC 9110 §15, RFC 9209 §2.3",
    ...rest,
  };
}

const hops =
  "Look first who made it: compare Via, Server and the body hop by hop, and ask each upstream directly (badgateway diagnose URL).";

/** A bare status: what the standards mean by it, and who departs from them. */
export default {
  proxy: "http",
  title: "a status of HTTP",
  kind: "standard",
  entries: [
    entry(
      500,
      "Internal Server Error",
      `The application failed, or a proxy that makes 500 of what should be a 502: Apache of TLS and DNS failures, lighttpd of a close before the head, Traffic Server of DNS failures, Traefik of bad certificates. ${hops}`,
      { scenarios: ["control/own-500", "tls/unknown-authority", "dns/nxdomain"] },
    ),
    entry(
      502,
      "Bad Gateway",
      `A gateway got no valid response: refused, closed, reset, TLS, DNS, or no HTTP. Apache and H2O also say so of a timeout. ${hops}`,
      {
        scenarios: [
          "crash/refused",
          "crash/close-after-request",
          "malformed/not-http",
          "tls/unknown-authority",
          "dns/nxdomain",
          "control/own-502",
        ],
      },
    ),
    entry(
      503,
      "Service Unavailable",
      `Nobody can take the request now: all upstreams are out, or a limit is reached. HAProxy, Envoy, Varnish, Apache, lighttpd and Squid also say so where nobody listens (elsewhere a 502) or a connect takes too long (elsewhere a 504). ${hops}`,
      { scenarios: ["pool/all-unhealthy", "exhaustion/proxy-pool", "crash/refused", "control/own-503"] },
    ),
    entry(
      504,
      "Gateway Timeout",
      `The upstream did not answer, or did not take the connection, in time. API Gateway and the Classic Load Balancer also say so of what is no timeout. ${hops}`,
      { scenarios: ["slow/never-answers", "slow/connect-black-hole", "dns/no-answer", "control/own-504"] },
    ),
    {
      pattern: status(499, "Client Closed Request"),
      words: "499 Client Closed Request",
      meaning:
        "Not sent to anybody: nginx, Traefik, Caddy, Heroku and Application Gateway log it when the client has left before the answer. The upstream was slow, or the client impatient.",
      causes: [],
      scenarios: ["slow/late-answer", "control/status-499"],
      setting: "the client's own timeout; proxy_ignore_client_abort (nginx, off)",
      source: "nginx src/http/ngx_http_request.h: NGX_HTTP_CLIENT_CLOSED_REQUEST",
    },
    {
      pattern: status(408, "Request Timeout"),
      words: "408 Request Timeout",
      meaning:
        "The client did not send its request in time. Envoy also says so where the upstream does not take an upload.",
      causes: ["http_request_error", "connection_write_timeout"],
      scenarios: ["slow/unread-upload"],
      source: "RFC 9110 §15.5.9",
    },
    {
      pattern: status(421, "Misdirected Request"),
      words: "421 Misdirected Request",
      meaning: "The server does not know itself by the name in Host: a proxy sends the wrong one, as a rule.",
      causes: [],
      scenarios: ["config/wrong-host-header"],
      setting: "proxy_set_header Host (nginx), ProxyPreserveHost (Apache), changeOrigin (http-proxy)",
      source: "RFC 9110 §15.5.20",
    },
    {
      pattern: status(508, "Loop Detected"),
      words: "508 Loop Detected",
      meaning: "The request has come back to where it was: an upstream leads to the proxy itself.",
      causes: ["proxy_loop_detected"],
      scenarios: ["config/loop"],
      source: "RFC 5842 §7.2",
    },
    {
      pattern: /^\s*"?(?:000|-1|0)"?\s*$/,
      words: "000",
      meaning:
        "No status was sent: the client left, or the connection was closed without an answer (HAProxy's -1 on a kept connection that was dead, so that the client tries again).",
      causes: ["connection_terminated"],
      scenarios: ["crash/stale-keep-alive-get-same", "slow/late-answer"],
      source: "HAProxy doc/configuration.txt §8.2.3; AWS ALB access logs",
    },
    {
      pattern: status(400, "(?:Bad Request|The plain HTTP request was sent to HTTPS port)"),
      words: "400 The plain HTTP request was sent to HTTPS port",
      meaning:
        "The request was wrong; “The plain HTTP request was sent to HTTPS port” means that https:// belongs into the upstream's URL.",
      causes: ["http_request_error", "http_protocol_error"],
      scenarios: ["config/plain-to-tls-port"],
      source: "RFC 9110 §15.5.1; nginx src/http/ngx_http_special_response.c",
    },
  ],
} satisfies Knowledge;
