import type { IncomingMessage } from "node:http";
import { pairsOf, valuesIn, wordsIn } from "../fields.ts";
import type { Failure } from "./failure.ts";
import { readTarget } from "./request-target.ts";

interface Rule {
  readonly status: number;
  /** Unset: an error of the client. */
  readonly cause?: "proxy_internal_response";
  readonly says: string;
  readonly spec: string;
  readonly broken: (request: IncomingMessage) => boolean;
}

/** Requests that the gateway answers itself, since forwarding them would be wrong or dangerous. */
const rules: readonly Rule[] = [
  {
    status: 400,
    says: "the request target is none that a gateway can forward",
    spec: "RFC 9112 §3.2",
    broken: ({ method = "", url = "" }) => readTarget(method, url) === undefined,
  },
  {
    status: 400,
    says: "Host is not given just once",
    spec: "RFC 9112 §3.2",
    broken: ({ rawHeaders, httpVersion }) => {
      const hosts = valuesIn(pairsOf(rawHeaders), "host").length;
      return hosts > 1 || (hosts === 0 && httpVersion === "1.1");
    },
  },
  {
    status: 400,
    says: "both Content-Length and Transfer-Encoding are given",
    spec: "RFC 9112 §6.3 (3)",
    broken: ({ headers }) => headers["content-length"] !== undefined && headers["transfer-encoding"] !== undefined,
  },
  {
    status: 400,
    says: "an HTTP/1.0 request has a transfer coding",
    spec: "RFC 9112 §6.1",
    broken: ({ headers, httpVersion }) => httpVersion === "1.0" && headers["transfer-encoding"] !== undefined,
  },
  {
    status: 501,
    // No 4xx, and so no `http_request_error` (RFC 9209 §2.3.16).
    cause: "proxy_internal_response",
    says: "the transfer coding is not chunked alone",
    spec: "RFC 9112 §6.1",
    broken: ({ rawHeaders }) => {
      const codings = wordsIn(pairsOf(rawHeaders), "transfer-encoding");
      return codings.length > 0 && codings.join() !== "chunked";
    },
  },
];

/** Methods whose way through intermediaries a client may limit (RFC 9110 §7.6.2). */
const counted: ReadonlySet<string> = new Set(["OPTIONS", "TRACE"]);

/** How many more intermediaries may forward a request; unset when the client has not limited them. */
export function forwardsLeft({ method = "", headers }: IncomingMessage): number | undefined {
  const limit = headers["max-forwards"];
  return counted.has(method) && typeof limit === "string" && /^\d+$/.test(limit) ? Number(limit) : undefined;
}

/** Why a request is not forwarded, if it is not. */
export function refusalOf(request: IncomingMessage): Failure | undefined {
  const broken = rules.find((rule) => rule.broken(request));
  if (broken === undefined) {
    if (forwardsLeft(request) !== 0) return undefined;
    return { cause: "http_request_denied", details: "Max-Forwards ends the request's way here (RFC 9110 §7.6.2)" };
  }
  const { cause = "http_request_error", status, says, spec } = broken;
  return { cause, status, details: `${says} (${spec})` };
}
