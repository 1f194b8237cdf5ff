import { isIP } from "node:net";
import type { Plan } from "../../plan.ts";

/** What a plan may ask for and Varnish, as it is free, does not have. */
export function cannot({ upstreams, resolver, headLimit, queue, health, ejection }: Plan): string | undefined {
  if (upstreams.some((url) => url.startsWith("https:"))) return "TLS towards the upstream";
  if (resolver !== undefined && upstreams.some(named)) return "names resolved at run time: the VCL's are resolved once";
  if (headLimit < 16_384) return "a head limit of one route: http_resp_size is that of the whole program";
  if (queue) return "a queue in front of an upstream";
  if (ejection) return "leaving an upstream out after failures of requests";
  if (health && ((health.rise ?? 1) > 1 || (health.fall ?? 1) > 1))
    return "so many checks in a row: a probe counts the good ones in a window";
  return undefined;
}

function named(url: string): boolean {
  return !url.startsWith("unix:") && isIP(new URL(url).hostname.replace(/^\[|\]$/g, "")) === 0;
}
