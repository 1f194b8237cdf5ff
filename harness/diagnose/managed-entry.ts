import type { Cause } from "../cause.ts";
import type { Entry } from "./knowledge.ts";

/** `doc`: the vendor says so; `der`: it follows from what the vendor says; `mem`: from memory, not confirmed. */
type Mark = "doc" | "der" | "mem";

const marks: Readonly<Record<Mark, string>> = {
  doc: "documented",
  der: "derived from the documentation",
  mem: "from memory, not confirmed",
};

interface Code {
  /** As it stands in a log or on a page. */
  readonly code: string;
  /** What stands before it, as a pattern, where the words are in anybody's log; alone they are known too. */
  readonly behind?: string;
  readonly meaning: string;
  readonly causes: readonly Cause[];
  readonly scenarios?: readonly [string, ...string[]];
  readonly setting?: string;
  readonly mark?: Mark;
}

/**
 * Codes that mean something by themselves, wherever they stand as a word: `H12`, `OriginTimeout`. One that is a number
 * means something only alone or where a status is named, since numbers stand everywhere.
 */
export function coded(source: string, codes: readonly Code[]): Entry[] {
  return codes.map(({ code, behind, mark = "doc", ...rest }) => ({
    pattern: /^\d+$/.test(code) ? asStatus(code) : asWord(code, behind),
    words: code,
    ...rest,
    source: `${source} (${marks[mark]})`,
  }));
}

function asWord(code: string, behind?: string): RegExp {
  const literal = code.replaceAll(/[.'()]/g, "\\$&");
  if (behind !== undefined) return new RegExp(`^${literal}$|${behind}${literal}(?![\\w-])`);
  return new RegExp(`(?<![\\w.:-])${literal}(?![\\w-])`);
}

function asStatus(code: string): RegExp {
  return new RegExp(
    `(?:^\\s*"?(?:HTTP/[\\d.]+\\s+)?|\\b(?:status|code|error|elb_status_code)\\W{0,2})${code}(?![\\w.])`,
    "i",
  );
}
