import { recommendedStatus } from "../cause.ts";
import type { Fields } from "../fields.ts";
import { STATUS_CODES } from "../net/node-http.ts";
import { type Form, formFor } from "./accept.ts";
import { explanations } from "./explanations.ts";
import type { Failure } from "./failure.ts";
import { errorMember } from "./proxy-status.ts";

/** A response of the gateway's own making: nothing of the upstream's is in it. */
export interface Answer {
  readonly status: number;
  readonly reason: string;
  /** Field names and values in turn, as Node takes them. */
  readonly fields: string[];
  readonly body: string;
}

/**
 * The answer to a request that failed: the status that RFC 9209 recommends for the cause, `Proxy-Status`, and a short
 * body in the form that the client accepts. No `Retry-After`: the gateway cannot know.
 */
export function answerFor(failure: Failure, name: string, accept: string | undefined, signature: Fields = []): Answer {
  const status = statusOf(failure);
  const reason = STATUS_CODES[status] ?? "Error";
  const form = formFor(accept);
  const body = writers[form]({ status, reason, error: failure.cause, explanation: explanations[failure.cause] });
  const fields: Fields = [
    ["Content-Type", `${form}; charset=utf-8`],
    ["Content-Length", String(Buffer.byteLength(body))],
    ["Proxy-Status", errorMember(name, failure)],
    ...signature,
  ];
  return { status, reason, fields: fields.flat(), body };
}

function statusOf(failure: Failure): number {
  if (failure.cause === "proxy_internal_response") return failure.status;
  return failure.status ?? recommendedStatus[failure.cause];
}

interface Content {
  readonly status: number;
  readonly reason: string;
  readonly error: string;
  readonly explanation: string;
}

/** The texts hold nothing from outside, so nothing needs to be escaped. */
const writers: Readonly<Record<Form, (content: Content) => string>> = {
  "text/html": ({ status, reason, error, explanation }) => `<!doctype html>
<html lang="en">
<title>${status} ${reason}</title>
<h1>${status} ${reason}</h1>
<p>${explanation}</p>
<p><code>${error}</code></p>
</html>
`,
  "application/json": (content) => `${JSON.stringify(content)}\n`,
  "text/plain": ({ status, reason, error, explanation }) => `${status} ${reason}\n${explanation} (${error})\n`,
};
