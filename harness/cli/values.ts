import { millisecondsIn } from "../time-text.ts";
import { UsageError } from "./usage.ts";

/** Makes the reader of an option that takes a whole number. */
export function wholeNumber(option: string, least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= least && number <= most) return number;
    throw new UsageError(
      `${option}: wanted a whole number from ${least} ${most < Number.MAX_SAFE_INTEGER ? `to ${most}` : "up"}; got “${text}”`,
    );
  };
}

/** Reads a list with commas; an option that is given again adds to it. It must have no default: that would be added to, too. */
export function list(text: string, before: readonly string[] = []): readonly string[] {
  const items = text.split(",").map((item) => item.trim());
  return [...before, ...items.filter((item) => item !== "")];
}

/** Reads an option that may be given again, each time for one more. */
export function again(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** Makes the reader of `127.0.0.1:8080`, `[::1]:8080`, `localhost:8080`, or a port alone, which is one of loopback. */
export function addressOf(option: string): (text: string) => { host: string; port: number } {
  return (text) => {
    const [whole, bracketed, name, port] = /^(?:(?:\[([^[\]]+)\]|([^:[\]\s]+)):)?(\d+)$/.exec(text) ?? [];
    if (whole !== undefined && Number(port) < 2 ** 16) {
      return { host: bracketed ?? name ?? "127.0.0.1", port: Number(port) };
    }
    throw new UsageError(`${option}: wanted an address and port such as 127.0.0.1:8080 or [::1]:8080; got “${text}”`);
  };
}

/**
 * Makes the reader of a time: `200ms`, `1s`, and milliseconds unless a unit says otherwise.
 * @param zero what 0 means, where it may be given
 */
export function duration(option: string, zero?: string): (text: string) => number {
  return (text) => {
    const value = millisecondsIn(text);
    if (value !== undefined && (value > 0 || zero !== undefined)) return value;
    const orZero = zero === undefined ? "" : `, or 0 for ${zero}`;
    throw new UsageError(`${option}: wanted a positive time such as 200ms or 1s${orZero}; got “${text}”`);
  };
}

/** Makes the reader of a size in octets: `16384`, `32KiB`, and `32k` as nginx and curl write it. */
export function octets(option: string, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const [, number, unit = ""] = /^(\d+)(k|KiB|m|MiB)?$/i.exec(text) ?? [];
    const size = Number(number) * ({ k: 1024, m: 1024 ** 2 }[unit.slice(0, 1).toLowerCase()] ?? 1);
    if (Number.isSafeInteger(size) && size > 0 && size <= most) return size;
    const upTo = most < Number.MAX_SAFE_INTEGER ? `, at most ${most / 1024 ** 2}MiB` : "";
    throw new UsageError(`${option}: wanted a size such as 16384 or 32KiB${upTo}; got “${text}”`);
  };
}
