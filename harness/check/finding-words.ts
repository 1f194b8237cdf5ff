import type { Outcome } from "../outcome.ts";
import type { Exchange } from "../trial.ts";

/** What came, in words. */
export function came({ outcome, took, response }: Pick<Exchange, "outcome" | "took" | "response">): string {
  if (outcome === "hang") return `no answer within ${waited(took)}`;
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

/**
 * `5 s`, `300 ms`: to the next half of a leading digit, so that the same finding reads the same twice: a timer may run
 * out a fraction of a millisecond early, and a busy machine looks at its clock late.
 */
function waited(milliseconds: number): string {
  const grain = 5 * 10 ** Math.floor(Math.log10(milliseconds) - 1);
  const whole = Math.round(milliseconds / grain) * grain;
  return whole < 1_000 ? `${whole} ms` : `${whole / 1_000} s`;
}
