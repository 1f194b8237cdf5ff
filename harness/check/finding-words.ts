import type { Outcome } from "../outcome.ts";
import type { Exchange } from "../trial.ts";

/** What came, in words. */
export function came({ outcome, took, response }: Exchange): string {
  if (outcome === "hang") return `no answer within ${rounded(took)}`;
  if (outcome === "cut") return `a ${response?.status ?? "message"} broken off`;
  return wordOf(outcome);
}

/** What the standards ask, in words. */
export function asked(wanted: readonly Outcome[]): string {
  return wanted.map(wordOf).join(" or ");
}

function wordOf(outcome: Outcome): string {
  const [, kind, status] = /^(own|relayed)\((\d+)\)$/.exec(outcome) ?? [];
  if (kind !== undefined) return kind === "own" ? `a ${status} of the proxy's own` : `the origin's ${status}`;
  return words[outcome] ?? outcome;
}

const words: Readonly<Record<string, string>> = {
  clean: "the origin's 200, whole",
  cut: "the message visibly broken off",
  silent: "an incomplete message that looks complete",
  closed: "the connection closed without a byte",
  raw: "bytes that are no HTTP",
  hang: "no answer at all",
  died: "the end of the proxy process",
};

/** `5 s`, `310 ms`: so that the same finding reads the same twice. */
function rounded(milliseconds: number): string {
  return milliseconds < 1_000 ? `${Math.round(milliseconds / 10) * 10} ms` : `${Math.round(milliseconds / 100) / 10} s`;
}
