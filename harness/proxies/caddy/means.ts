import type { Plan } from "../../plan.ts";

/** What a plan may ask for and Caddy does not have. */
export function cannot({ queue, health }: Plan): string | undefined {
  if (queue)
    return "a queue with a bound: max_requests refuses at once, max_conns_per_host lets requests wait for ever";
  if (health && ((health.rise ?? 1) > 1 || (health.fall ?? 1) > 1))
    return "a health that changes only after several checks";
  return undefined;
}
