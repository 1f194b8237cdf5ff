import type { TimerName } from "../plan.ts";
import type { NamedScenario } from "../scenario.ts";
import type { FindingKind } from "./finding.ts";

type Knobs = Readonly<Partial<Record<FindingKind | `hang ${TimerName}`, string>>>;

/** What to change, in the words of each proxy's configuration, with the defaults of its documentation. */
const knobs: Readonly<Record<string, Knobs>> = {
  nginx: {
    repeated: "leave non_idempotent out of proxy_next_upstream: without it a POST that was sent is not tried again",
    unverified: "proxy_ssl_verify is off by default: set it on, with proxy_ssl_trusted_certificate and proxy_ssl_name",
    replaced: "proxy_intercept_errors on, with error_page, puts pages of nginx in place of the origin's: set it off",
    "hang connect": "proxy_connect_timeout is 60 s by default: set it to a second or two",
    "hang tls": "proxy_connect_timeout counts for the handshake too and is 60 s by default: set it to a second or two",
    "hang head": "proxy_read_timeout is 60 s by default: set it to what your slowest honest answer takes",
    "hang idle": "proxy_read_timeout counts between two reads of the body too and is 60 s by default: set it lower",
    "hang send": "proxy_send_timeout is 60 s by default: set it lower",
  },
  haproxy: {
    repeated: "retry-on repeats a POST too: add “http-request disable-l7-retry if METH_POST”, or keep to conn-failure",
    unverified: "“verify none” on the server line trusts anybody: set “verify required ca-file FILE”, with verifyhost",
    "hang connect": "timeout connect has no default: set it to a second or two",
    "hang tls": "timeout connect counts for the handshake too and has no default: set it to a second or two",
    "hang head": "timeout server has no default: set it to what your slowest honest answer takes",
    "hang idle": "timeout server counts between two reads of the body too and has no default: set it",
    "hang send": "timeout server counts for sending too and has no default: set it",
  },
  caddy: {
    repeated: "lb_retry_match names requests that are tried again: leave methods out of it that are not idempotent",
    unverified: "tls_insecure_skip_verify trusts anybody: take it out, and name the authority with tls_trust_pool",
    "hang connect": "transport http { dial_timeout } is 3 s by default: set it lower",
    "hang tls": "transport http { tls_timeout } has no default: set it",
    "hang head":
      "transport http { response_header_timeout } has no default: set it to what your slowest honest answer takes",
    "hang idle": "transport http { read_timeout } has no default: set it",
    "hang send": "transport http { write_timeout } has no default: set it",
  },
  envoy: {
    repeated: "the route's retry_policy repeats every method: take reset and 5xx out of retry_on for routes that write",
    unverified:
      "an UpstreamTlsContext without validation_context trusts anybody: set trusted_ca and match_typed_subject_alt_names",
    "hang connect": "the cluster's connect_timeout is 5 s by default: set it lower",
    "hang tls": "the cluster's connect_timeout counts for the handshake too and is 5 s by default: set it lower",
    "hang head": "the route's timeout is 15 s by default: set it to what your slowest honest answer takes",
    "hang idle": "the route's timeout is 15 s by default, stream_idle_timeout 5 min: set them lower",
    "hang send": "stream_idle_timeout is 5 min by default: set it lower",
  },
  apache: {
    repeated: "mod_proxy_balancer's failonstatus and forcerecovery try others: take them out for what writes",
    unverified: "SSLProxyVerify is none by default: set it to require, with SSLProxyCACertificateFile",
    replaced: "ProxyErrorOverride On puts pages of Apache in place of the origin's: set it Off",
    "hang connect": "connectiontimeout= of the worker is Timeout by default, 60 s: set it to a second or two",
    "hang tls": "connectiontimeout= of the worker is Timeout by default, 60 s: set it to a second or two",
    "hang head": "ProxyTimeout is Timeout by default, 60 s: set it to what your slowest honest answer takes",
    "hang idle": "ProxyTimeout counts between two reads of the body too and is 60 s by default: set it lower",
    "hang send": "ProxyTimeout counts for sending too and is 60 s by default: set it lower",
  },
};

/** Where no proxy is known, or nothing of it for this. */
const general: Knobs = {
  repeated: "let the proxy try again only what is idempotent, or what has not been sent yet",
  unseen: "have the origin send Content-Length or chunks: a body that ends with the connection may end anywhere",
  silent: "have the origin send Content-Length or chunks, and the proxy break the connection when they do not come",
  unverified: "have the proxy verify certificate and name of its upstream",
  hang: "give the proxy a timer for this wait that is shorter than your clients' patience",
  "broken-off": "nothing can be told once the head is out: have clients check that a body is whole",
};

/** Of what no proxy has a setting for: the page's own remedy speaks of the backend, and is another for each. */
const unset: readonly FindingKind[] = ["no-answer", "broken-early", "lenient"];
const ofBackend =
  "no setting changes this: have the backend repaired (badgateway list scenarios), and keep the proxy up to date";

/**
 * What to change.
 * @param proxy its name, where one knows what it is
 */
export function advice(kind: FindingKind, { id, at, story }: NamedScenario, proxy?: string): string {
  const own = proxy === undefined ? {} : (knobs[proxy] ?? {});
  const timed = kind === "hang" && at !== undefined ? own[`hang ${at}`] : undefined;
  if (id.startsWith("malformed/") && unset.includes(kind)) return own[kind] ?? ofBackend;
  return timed ?? own[kind] ?? general[kind] ?? story.remedy;
}
