import type { AccessRecord, UpstreamRecord } from "./access-record.ts";

/**
 * One line of an access log for people. What seldom exceeds its width stands first, so that columns are in line.
 *
 *     2026-01-31T10:00:00.000Z  502 own       connection_refused            1.2 ms       62 B  GET /  → http://a:80 connection_refused
 */
export function accessLine(record: AccessRecord): string {
  const { at, method, target, outcome, status = "-", cause = "-", details, upstreams, sent, took } = record;
  const columns = [
    new Date(at).toISOString(),
    `${String(status).padEnd(3)} ${outcome.padEnd("switched".length)}`,
    `${cause.padEnd("connection_read_timeout".length)} ${`${took.toFixed(1)} ms`.padStart(10)} ${`${sent} B`.padStart(9)}`,
    `${method} ${printable(target)}`,
    ...upstreams.map((upstream) => `→ ${upstreamText(upstream)}`),
    ...(details === undefined ? [] : [`"${printable(details)}"`]),
  ];
  return columns.join("  ");
}

function upstreamText({ url, address, reused, connected, head, status, cause }: UpstreamRecord): string {
  const facts = [
    ...(address === undefined || url.endsWith(address) ? [] : [address]),
    ...(reused ? ["reused"] : connected === undefined ? [] : [`connected ${connected.toFixed(1)}`]),
    ...(head === undefined ? [] : [`head ${head.toFixed(1)}`]),
  ];
  const became = [status, cause].filter((word) => word !== undefined).join(" ") || "-";
  return `${url} ${became}${facts.length > 0 ? ` (${facts.join(", ")})` : ""}`;
}

/** What a client sent, or an upstream, must not end the line or steer a terminal. Our own details name sections (§). */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e§]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
