/** How the process of a route ended, in the words of a script that has started one for each: `route 1 ended with 0`. */
export function ended(index: number, output: readonly string[]): string | undefined {
  const end = new RegExp(`^route ${index + 1} ended with (.*)$`);
  return output.map((text) => end.exec(text)?.[1]).find((how) => how !== undefined);
}
