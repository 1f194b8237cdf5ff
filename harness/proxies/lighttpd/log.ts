import { textIfThere } from "../../net/text-if-there.ts";

/** `2026-01-31 12:00:00: (gw_backend.c.280) words`: time, place, words. */
const line = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d: \(([\w-]+\.c)\.\d+\) (.*)$/;

/** ` (fd: 17)`, and the two numbers of `read() 17 18: Connection reset by peer`. */
const descriptors = / \(fd: \d+\)|(?<=read\(\)) \d+ \d+(?=:)/;

/** The words of a route's log, with the file they come from; times, lines of source and descriptors differ from run to run. */
export async function logged(path: string): Promise<string[]> {
  const text = await textIfThere(path);
  return text
    .split("\n")
    .filter((text) => text !== "")
    .map((text) => text.replace(line, "$1: $2").replace(descriptors, ""));
}
