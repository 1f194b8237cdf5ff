import { routeName } from "./names.ts";

/**
 * What HAProxy has written of one route: a line for each request begins with the frontend's name, a change of health
 * names the backend, and says how long the check took, which is left out. HAProxy repeats the latter on standard error,
 * with its process id before it; that is not taken.
 * @param output of all routes
 */
export function wordsOf(index: number, output: readonly string[]): string[] {
  const name = routeName(index);
  const named = new RegExp(`${name}[/ ]`);
  const own = new RegExp(`^(?:Server |backend )?${name}[/ ]`);
  return output
    .filter((line) => own.test(line))
    .map((line) => line.replace(named, "").replace(/, check duration: \d+ms/, ""));
}
