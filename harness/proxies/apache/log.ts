import { textIfThere } from "../../net/text-if-there.ts";

/** Module and level, error of the system, words; and a line for each request: status, state of the connection, request. */
export const logFormat = {
  error: "[%-m:%l] %E: %M",
  access: '%>s %X \\"%r\\"',
} as const;

/** What belongs to no request: mod_ssl on its own start, one line or more for each route. */
const starting = /^\[ssl:\w+\] (?:-: )?AH018(?:76|83|87)|^\[ssl:\w+\] (?:-: )?AH01914/;

/** The words of a route's log: error lines, and how each request ended. */
export async function logged(path: string): Promise<string[]> {
  const text = await textIfThere(path);
  return text.split("\n").filter((line) => line !== "" && !starting.test(line));
}
