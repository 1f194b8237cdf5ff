import type { ProxyDriver } from "../driver.ts";
import type { Outcome } from "../outcome.ts";
import type { Exchange } from "../trial.ts";
import type { Verdict } from "../verdict.ts";
import type { CellRecord } from "./json.ts";
import type { Paint } from "./paint.ts";
import type { ReportCell } from "./report-cell.ts";

/** How each kind of verdict is shown. The sign alone tells them apart; colour only helps. */
const signs = {
  pass: { sign: "✓", style: "green", word: "as claimed" },
  fail: { sign: "✗", style: "red", word: "failed" },
  void: { sign: "○", style: "magenta", word: "void" },
  skipped: { sign: "–", style: "yellow", word: "skipped" },
  inapplicable: { sign: "·", style: "dim", word: "not applicable" },
} as const;

export const kinds = ["pass", "fail", "void", "skipped", "inapplicable"] as const satisfies readonly Verdict["kind"][];

export function signOf(kind: Verdict["kind"], paint: Paint): string {
  return paint(signs[kind].style, signs[kind].sign);
}

/** `34 as claimed, 1 failed`: every kind that there is, in this order. */
export function counted(verdicts: readonly Verdict[], paint: Paint): string {
  const counts = kinds
    .map((kind) => ({ kind, count: verdicts.filter((verdict) => verdict.kind === kind).length }))
    .filter(({ count }) => count > 0);
  return counts.map(({ kind, count }) => paint(signs[kind].style, `${count} ${signs[kind].word}`)).join(", ");
}

/** The kind that says most about several verdicts: one failure makes the whole a failure. */
export function worst(verdicts: readonly Verdict[]): Verdict["kind"] {
  const order = ["fail", "void", "pass", "skipped"] as const;
  return order.find((kind) => verdicts.some((verdict) => verdict.kind === kind)) ?? "inapplicable";
}

/** `*` where a proxy departs from the standards as its dialect says; `?` where nobody has confirmed that it does. */
export function departureMark({ departs, mark }: Verdict): "" | "*" | "?" {
  if (!departs) return "";
  return mark === "unconfirmed" ? "?" : "*";
}

/** `nginx`, or `nginx (container)`; the name of a profile tells by itself what it is. */
export function driverName({ name, via }: Pick<ProxyDriver, "name" | "via">): string {
  return via === "container" ? `${name} (${via})` : name;
}

/** The same as a name for files and links, which a colon does not fit: `nginx-container`, `profile-cloudflare`. */
export function columnId({ driver, via }: Pick<CellRecord, "driver" | "via">): string {
  return (via === "container" ? `${driver}-${via}` : driver).replace(":", "-");
}

/** The name of a proxy and, when it has run, its version. */
export function proxyTitle(column: readonly ReportCell[]): string {
  const driver = column[0]?.driver;
  const version = column.map(({ trial }) => trial?.version).find((told) => told !== undefined && told !== "unknown");
  return [driver && driverName(driver), version].filter(Boolean).join(" ");
}

/** What a scenario gave: `504`, `502, clean`, or `18× clean, 2× 503`. */
export function outcomesText(exchanges: readonly Exchange[]): string {
  const texts = exchanges.map(({ outcome }) => outcomeText(outcome));
  const counts = Map.groupBy(texts, (text) => text);
  if (texts.length < 3 && counts.size === texts.length) return texts.join(", ");
  return [...counts].map(([text, all]) => (all.length > 1 ? `${all.length}× ${text}` : text)).join(", ");
}

/** A bare number is a status of the proxy's own. */
export function outcomeText(outcome: Outcome): string {
  return outcome.replace(/^own\((\d+)\)$/, "$1").replace(/^relayed\((\d+)\)$/, "$1 relayed");
}

/** `302 ms`. */
export function milliseconds(time: number): string {
  return `${Math.round(time)} ms`;
}

/** `1 scenario`, `3 scenarios`. */
export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
