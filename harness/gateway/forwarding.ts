import type { IncomingMessage } from "node:http";
import { type Fields, pairsOf, valuesIn, wordsIn } from "../fields.ts";
import { validateHeaderName, validateHeaderValue } from "../net/node-http.ts";
import { endToEnd } from "./end-to-end.ts";
import { isProxyStatus, relayMember } from "./proxy-status.ts";
import { forwardsLeft } from "./request-rules.ts";
import { readTarget } from "./request-target.ts";

/** A request as it goes to the upstream. */
export interface ForwardedRequest {
  readonly method: string;
  readonly path: string;
  readonly fields: Fields;
  /** The client waits for a 100 before it sends the content. */
  readonly expects: boolean;
  readonly hasBody: boolean;
  /** Protocols that the client offers to switch to, in lower case; empty unless it asked for an upgrade. */
  readonly upgrade: readonly string[];
}

/**
 * A client's request on its way to the upstream: hop-by-hop fields off, `Via` added, the rest as it came, the case and
 * order of equal names included.
 * @param manner `expects`: it waits for a 100; `switching`: it asks for an upgrade that the gateway carries
 */
export function forwardedRequest(
  request: IncomingMessage,
  name: string,
  keepAlive: boolean,
  manner: { readonly expects: boolean; readonly switching: boolean },
): ForwardedRequest {
  const came = pairsOf(request.rawHeaders);
  const { method = "GET", url = "", headers } = request;
  const { path, authority } = readTarget(method, url) ?? { path: "/" };
  const chunked = headers["transfer-encoding"] !== undefined;
  const hasBody = hasContent(headers);
  const expects = manner.expects && hasBody;
  const upgrade = manner.switching ? wordsIn(came, "upgrade") : [];
  let fields = endToEnd(came);
  if (headers.expect !== undefined) fields = fields.filter(([field]) => field.toLowerCase() !== "expect");
  // HTTP/1.0 may do without, HTTP/1.1 may not: an authority that nobody has told is empty (RFC 9112 §3.2).
  if (headers.host === undefined) fields.unshift(["Host", authority ?? ""]);
  else if (authority !== undefined) fields = replaced(fields, "host", authority);
  const left = forwardsLeft(request);
  if (left !== undefined) fields = replaced(fields, "max-forwards", String(left - 1));
  fields.push(["Via", `${request.httpVersion} ${name}`], ["CDN-Loop", name]);
  if (chunked) {
    for (const trailer of valuesIn(came, "trailer")) fields.push(["Trailer", trailer]);
    fields.push(["Transfer-Encoding", "chunked"]);
  }
  const connection = manner.switching ? "Upgrade" : keepAlive ? "keep-alive" : "close";
  if (takesTrailers(request)) fields.push(["Connection", `${connection}, TE`], ["TE", "trailers"]);
  else fields.push(["Connection", connection]);
  if (manner.switching) for (const protocol of valuesIn(came, "upgrade")) fields.push(["Upgrade", protocol]);
  if (expects) fields.push(["Expect", "100-continue"]);
  return { method, path, fields, expects, hasBody, upgrade };
}

/** Whether a request has content (RFC 9112 §6.3). */
export function hasContent(headers: IncomingMessage["headers"]): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

/** The client can do with trailer fields (RFC 9110 §6.5.1). */
export function takesTrailers({ headers, rawHeaders }: IncomingMessage): boolean {
  return headers.te !== undefined && wordsIn(pairsOf(rawHeaders), "te").includes("trailers");
}

function replaced(fields: Fields, name: string, by: string): (readonly [string, string])[] {
  return fields.map(([field, value]) => [field, field.toLowerCase() === name ? by : value]);
}

/** The fields of an interim response for the client. */
export function interimFields(raw: readonly string[]): Fields {
  return endToEnd(pairsOf(raw)).filter(([field]) => field.toLowerCase() !== "content-length");
}

/** The fields of a 101: those that switch belong to the connection, and so are set anew. */
export function switchingFields(response: IncomingMessage, name: string): Fields {
  const came = pairsOf(response.rawHeaders);
  const fields = relayedFields(response, 101, name).filter(([field]) => field.toLowerCase() !== "content-length");
  const upgrade = valuesIn(came, "upgrade").map((protocol): [string, string] => ["Upgrade", protocol]);
  return [...fields, ...upgrade, ["Connection", "Upgrade"]];
}

/** The fields of a final response for the client, with the gateway's own `Via` and `Proxy-Status` behind the others. */
export function relayedFields(response: IncomingMessage, status: number, name: string): Fields {
  const came = pairsOf(response.rawHeaders);
  const foreign = valuesIn(came, "proxy-status");
  let fields = endToEnd(came);
  if (status === 204) fields = fields.filter(([field]) => field.toLowerCase() !== "content-length");
  if (!isProxyStatus(foreign)) fields = fields.filter(([field]) => field.toLowerCase() !== "proxy-status");
  fields.push(["Via", `${response.httpVersion} ${name}`], ["Proxy-Status", relayMember(name, status)]);
  return fields;
}

/** Fields that may not come behind the content, since the message has been framed and routed by then (RFC 9110 §6.5.1). */
const headOnly: ReadonlySet<string> = new Set([
  "host",
  "content-length",
  "content-encoding",
  "content-type",
  "content-range",
  "proxy-status",
]);

/** Trailer fields that may be passed on; Node's parser is less strict about them than its writer. */
export function relayedTrailers(raw: readonly string[]): [string, string][] {
  return endToEnd(pairsOf(raw))
    .filter(([name, value]) => !headOnly.has(name.toLowerCase()) && isWritable(name, value))
    .map(([name, value]) => [name, value]);
}

function isWritable(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
