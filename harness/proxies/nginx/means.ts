import type { Plan } from "../../plan.ts";

/** What a plan may ask for and nginx, as it is free, does not have. */
export function cannot({ health, queue }: Plan): string | undefined {
  if (health) return "active health checks, which nginx has in its commercial edition only";
  if (queue) return "a queue in front of an upstream, which nginx has in its commercial edition only";
  return undefined;
}
