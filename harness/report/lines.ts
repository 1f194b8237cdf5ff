import { stripVTControlCharacters } from "node:util";

/**
 * Bytes of a peer as text that is safe on a terminal: control characters, escape sequences among them, are written out.
 */
export function visible(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
    /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (character) => named[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}

const named: Readonly<Record<string, string>> = { "\r": "\\r", "\n": "\\n", "\t": "\\t" };

/** How many columns a line takes, styles aside. */
export function columns(line: string): number {
  return stripVTControlCharacters(line).length;
}

/** Whether every line of a text has room. */
export function fits(text: string, width = Number.POSITIVE_INFINITY): boolean {
  return text.split("\n").every((line) => columns(line) <= width);
}

export function indent(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, " ".repeat(by));
}

/** Breaks prose between words. A word that is longer than a line has one of its own. */
export function wrap(text: string, width = Number.POSITIVE_INFINITY): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && columns(last) + 1 + columns(word) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join("\n");
}

/** Wraps prose to the room that is left beside the indent. */
export function paragraph(text: string, by: number, width?: number): string {
  return indent(wrap(text, width === undefined ? undefined : width - by), by);
}

/** The same, with the first line not indented: it has a sign there. */
export function hanging(text: string, by: number, width?: number): string {
  return paragraph(text, by, width).trimStart();
}

/** Cuts an unstyled line off where the terminal ends. */
export function cutOff(line: string, width = Number.POSITIVE_INFINITY): string {
  return line.length <= width ? line : `${line.slice(0, Math.max(0, width - 1))}…`;
}
