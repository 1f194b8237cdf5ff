import { UsageError } from "./usage.ts";

/** Makes the reader of an option that takes a whole number. */
export function wholeNumber(option: string, least: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= least) return number;
    throw new UsageError(`${option}: wanted a whole number from ${least} up; got “${text}”`);
  };
}

/** Reads a list with commas; an option that is given again adds to it. */
export function list(text: string, before: readonly string[] = []): readonly string[] {
  const items = text.split(",").map((item) => item.trim());
  return [...before, ...items.filter((item) => item !== "")];
}
