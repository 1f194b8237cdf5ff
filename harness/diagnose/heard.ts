import heardJson from "./heard.json" with { type: "json" };

/** What one proxy was heard to say, in a run of the whole catalogue. */
export interface Heard {
  readonly version: string;
  /** Each line, addresses and times made the same, with the scenarios in which it was said. */
  readonly lines: Readonly<Record<string, readonly string[]>>;
}

/** By driver. Recorded by `test/diagnose/record.ts` from saved runs; nothing in it is written by hand. */
export const heard: Readonly<Record<string, Heard>> = heardJson;

/** What a proxy says of a scenario. */
export function linesFor(driver: string, scenario: string): readonly string[] {
  const lines = Object.entries(heard[driver]?.lines ?? {});
  return lines.filter(([, scenarios]) => scenarios.includes(scenario)).map(([line]) => line);
}
