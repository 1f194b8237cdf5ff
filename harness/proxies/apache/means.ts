import type { Plan } from "../../plan.ts";

/** What a plan may ask for and Apache does not have. */
export function cannot({ resolver, queue, ejection }: Plan): string | undefined {
  if (resolver !== undefined) return "a resolver of one's own: it asks the system's";
  if (queue) return "a bounded queue: with “acquire” all requests wait for a connection, however many they are";
  if (ejection) return "leaving an upstream out after so many failures: one failed connect does it, and nothing else";
  return undefined;
}
