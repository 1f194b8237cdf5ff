import type { Plan } from "../../plan.ts";

/** What a plan may ask for and HAProxy does not have. */
export function cannot({ ejection, health }: Plan): string | undefined {
  if (ejection && !health)
    return "leaving an upstream out for a time without asking it how it is (“observe” wants “check”)";
  if (ejection) return "leaving an upstream out for a stated time: “observe” takes it out until a check is good";
  return undefined;
}
