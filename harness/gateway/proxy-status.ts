import { type BareItem, type Item, isValidTokenStr, parseList, serializeItem, Token } from "structured-headers";
import type { Failure } from "./failure.ts";

/** Parameters that RFC 9209 §2.3 wants as tokens. The others are strings or integers. */
const tokenParams: ReadonlySet<string> = new Set(["coding", "alert-message"]);

/** The gateway's member of `Proxy-Status` on a response of its own (RFC 9209 §2.1.1). */
export function errorMember(name: string, failure: Failure): string {
  const params = new Map<string, BareItem>([["error", new Token(failure.cause)]]);
  for (const [key, value] of Object.entries(failure.params ?? {})) {
    const token = typeof value === "string" && tokenParams.has(key) && isValidTokenStr(value);
    params.set(key, token ? new Token(value) : typeof value === "string" ? printable(value) : value);
  }
  if (failure.details !== undefined) params.set("details", printable(failure.details));
  return member(name, params);
}

/** The gateway's member on a relayed response: the status is the origin's (RFC 9209 §2.1.4). */
export function relayMember(name: string, receivedStatus: number): string {
  const known = relayMembers.get(name) ?? new Map<number, string>();
  relayMembers.set(name, known);
  const text = known.get(receivedStatus) ?? member(name, new Map([["received-status", receivedStatus]]));
  known.set(receivedStatus, text);
  return text;
}

/** Every relayed response carries one of these, so each is written once: by name, then by status. */
const relayMembers = new Map<string, Map<number, string>>();

/** Whether members that came with a response can stand in one list with ours; one that cannot be parsed spoils all. */
export function isProxyStatus(values: readonly string[]): boolean {
  if (values.length === 0) return true;
  try {
    parseList(values.join(","));
    return true;
  } catch {
    return false;
  }
}

function member(name: string, params: Map<string, BareItem>): string {
  const item: Item = [isValidTokenStr(name) ? new Token(name) : printable(name), params];
  return serializeItem(item);
}

/** A String holds printable ASCII alone (RFC 9651 §3.3.3); what an upstream sent may reach `details`. */
function printable(text: string): string {
  return text
    .replaceAll("§", "section ")
    .replace(/[^\x20-\x7e]/g, "?")
    .slice(0, 500);
}
