/** Of Node's clock, in milliseconds: a longer delay would run out at once. */
const longest = 2 ** 31 - 1;

/**
 * The milliseconds that a text tells: `200ms`, `1s`, and milliseconds unless a unit says otherwise. Whole ones, as Node's
 * clocks want them; what is told as more than 0 stays more than 0. Nothing for what is no time.
 */
export function millisecondsIn(text: string): number | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s)?$/.exec(text) ?? [];
  const exact = Number(number) * (unit === "s" ? 1_000 : 1);
  const time = exact > 0 ? Math.max(1, Math.round(exact)) : exact;
  return time <= longest ? time : undefined;
}
