import { type Fields, withoutBlanks } from "../fields.ts";

/** A response head as it came, read with forgiveness: bare line feeds, any number as status, folded lines. */
export interface ResponseHead {
  /** The `x` of HTTP/1.x. */
  readonly minor: number;
  readonly status: number;
  readonly reason: string;
  /** In the order they came; a line without a colon is a name without a value. */
  readonly fields: Fields;
}

const statusLine = /^HTTP\/1\.(\d)[ \t]+(\d{1,5})(?:[ \t](.*))?$/s;

/** Reads a whole head, the empty line at its end included; nothing when its first line is no status line. */
export function readResponseHead(bytes: Buffer): ResponseHead | undefined {
  const [first = "", ...lines] = bytes
    .toString("latin1")
    .replace(/\r?\n\r?\n$/, "")
    .split(/\r?\n/);
  const [, minor, status, reason = ""] = statusLine.exec(first) ?? [];
  if (minor === undefined || status === undefined) return undefined;
  return { minor: Number(minor), status: Number(status), reason, fields: readFields(lines) };
}

function readFields(lines: readonly string[]): [name: string, value: string][] {
  const fields: [string, string][] = [];
  for (const line of lines) {
    const last = fields.at(-1);
    if (last && /^[ \t]/.test(line)) {
      last[1] = `${last[1]} ${withoutBlanks(line)}`;
      continue;
    }
    const colon = line.indexOf(":");
    fields.push(colon < 0 ? [line, ""] : [line.slice(0, colon).trimEnd(), withoutBlanks(line.slice(colon + 1))]);
  }
  return fields;
}
