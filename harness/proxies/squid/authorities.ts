import { accessSync, constants } from "node:fs";
import type { Route } from "../../driver.ts";

/**
 * Of an authority that it cannot read Squid says a warning, and starts all the same, trusting nobody.
 * @throws Error that names the file
 */
export function checkAuthorities(routes: readonly Route[]): void {
  for (const { plan } of routes)
    if (plan.upstreams.some((url) => url.startsWith("https:"))) accessSync(plan.trust.ca, constants.R_OK);
}
