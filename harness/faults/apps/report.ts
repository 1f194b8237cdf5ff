/** What a program of ours says on its standard output, one JSON object a line. */
export interface Report {
  readonly act: string;
  readonly detail: string;
  /** Index of the site at which it happened. Unset: to the whole program. */
  readonly site?: number;
}

/** The report that a line holds, if it does: other things are written too, stack traces say. */
export function reportIn(line: string): Report | undefined {
  return line.startsWith('{"act":') ? JSON.parse(line) : undefined;
}

/**
 * What a program is asked to report back as it is: reports come in order, so that once it is back, all that was reported
 * before has come too.
 */
export function rollCall(number: number): string {
  return `roll-call ${number}`;
}

export function isRollCall(word: string): boolean {
  return word.startsWith("roll-call ");
}
