import { type IncomingMessage, validateHeaderName, validateHeaderValue } from "node:http";
import { endToEnd, type Fields, pairsOf, valuesIn, wordsIn } from "./fields.ts";
import { isProxyStatus, relayMember } from "./proxy-status.ts";
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
 * @param switching the client asked for an upgrade that the gateway carries
 */
export function forwardedRequest(
  request: IncomingMessage,
  name: string,
  keepAlive: boolean,
  expects: boolean,
  switching: boolean,
): ForwardedRequest {
  const came = pairsOf(request.rawHeaders);
  const { method = "GET", url = "" } = request;
  const { path, authority } = readTarget(method, url) ?? { path: "/" };
  const chunked = request.headers["transfer-encoding"] !== undefined;
  const length = Number(request.headers["content-length"] ?? 0);
  const upgrade = switching ? wordsIn(came, "upgrade") : [];
  const fields = endToEnd(came)
    .filter(([field]) => field.toLowerCase() !== "expect")
    .map(([field, value]): [string, string] => [
      field,
      field.toLowerCase() === "host" && authority !== undefined ? authority : value,
    ]);
  fields.push(["Via", `${request.httpVersion} ${name}`], ["CDN-Loop", name]);
  if (chunked) {
    for (const trailer of valuesIn(came, "trailer")) fields.push(["Trailer", trailer]);
    fields.push(["Transfer-Encoding", "chunked"]);
  }
  const connection = switching ? "Upgrade" : keepAlive ? "keep-alive" : "close";
  const te = wordsIn(came, "te").includes("trailers");
  fields.push(["Connection", te ? `${connection}, TE` : connection]);
  if (te) fields.push(["TE", "trailers"]);
  if (switching) for (const protocol of valuesIn(came, "upgrade")) fields.push(["Upgrade", protocol]);
  const hasBody = chunked || length > 0;
  if (expects && hasBody) fields.push(["Expect", "100-continue"]);
  return { method, path, fields, expects: expects && hasBody, hasBody, upgrade };
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
  const spoilt = !isProxyStatus(foreign);
  const fields = endToEnd(came).filter(([field]) => {
    const word = field.toLowerCase();
    if (word === "content-length") return status !== 204;
    return word !== "proxy-status" || !spoilt;
  });
  fields.push(["Via", `${response.httpVersion} ${name}`], ["Proxy-Status", relayMember(name, status)]);
  return fields;
}

/** Fields that may not come behind the content, since the message has been framed and routed by then (RFC 9110 §6.5.1). */
const headOnly: ReadonlySet<string> = new Set([
  "host",
  "content-encoding",
  "content-type",
  "content-range",
  "proxy-status",
]);

/** Trailer fields that may be passed on; Node's parser is less strict about them than its writer. */
export function relayedTrailers(raw: readonly string[]): [string, string][] {
  return endToEnd(pairsOf(raw)).filter(([name, value]) => {
    const word = name.toLowerCase();
    if (word === "content-length" || headOnly.has(word)) return false;
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
      return true;
    } catch {
      return false;
    }
  });
}
