import type { Trial } from "../trial.ts";

/** A request that reached the backends more often than it was sent. */
export interface Repeat {
  /** By this name it can be admitted. */
  readonly what: string;
  readonly method: string;
  readonly sent: number;
  readonly seen: number;
}

/** What may be sent again without harm (RFC 9110 §9.2.2). */
const idempotent = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"]);

const requestLine = /(?:^|\n)([A-Z]+) \S+ HTTP\/1\.[01]\r\n/g;

/** Which requests a proxy has sent again that it must not: seen by the backends, on whatever connection. */
export function repeats({ exchanges, connections }: Trial): readonly Repeat[] {
  const sent = methods(exchanges.map(({ sent }) => sent.first));
  const seen = methods(connections.flatMap(({ received }) => [received.first, received.last ?? ""]));
  return [...sent].flatMap(([method, times]) => {
    const came = seen.get(method) ?? 0;
    return idempotent.has(method) || came <= times
      ? []
      : [{ what: `a repeated ${method}`, method, sent: times, seen: came }];
  });
}

function methods(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const [, method = ""] of text.matchAll(requestLine)) counts.set(method, (counts.get(method) ?? 0) + 1);
  return counts;
}

/** The same as complaints, save what is admitted. */
export function judgeRepeats(trial: Trial, admitted: ReadonlySet<string>): string[] {
  return repeats(trial)
    .filter(({ what }) => !admitted.has(what))
    .map(({ method, sent, seen }) => `the ${method} was sent to the backend ${seen} times, wanted ${sent}`);
}
