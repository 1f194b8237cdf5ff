import type { IncomingMessage } from "node:http";
import type { Failure } from "./failure.ts";
import { pairsOf, valuesIn, wordsIn } from "./fields.ts";
import { readTarget } from "./request-target.ts";

/** Requests that the gateway answers itself, since forwarding them would be wrong or dangerous. */
const rules: readonly { status: number; says: string; spec: string; broken: (request: IncomingMessage) => boolean }[] =
  [
    {
      status: 400,
      says: "the request target is none that a gateway can forward",
      spec: "RFC 9112 §3.2",
      broken: ({ method = "", url = "" }) => readTarget(method, url) === undefined,
    },
    {
      status: 400,
      says: "Host is given more than once",
      spec: "RFC 9112 §3.2",
      broken: ({ rawHeaders }) => valuesIn(pairsOf(rawHeaders), "host").length > 1,
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
      says: "the transfer coding is not chunked alone",
      spec: "RFC 9112 §6.1",
      broken: ({ rawHeaders }) => {
        const codings = wordsIn(pairsOf(rawHeaders), "transfer-encoding");
        return codings.length > 0 && codings.join() !== "chunked";
      },
    },
  ];

/** Why a request is not forwarded, if it is not. */
export function refusalOf(request: IncomingMessage): Failure | undefined {
  const broken = rules.find((rule) => rule.broken(request));
  if (broken === undefined) return undefined;
  return { cause: "http_request_error", status: broken.status, details: `${broken.says} (${broken.spec})` };
}
