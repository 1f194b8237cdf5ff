import type { TestContext } from "vitest";

/** Skips a test with its reason; where nothing may be missing (`BADGATEWAY_NO_SKIPS=1`), fails it instead. */
export function skipAloud(context: TestContext, reason: string): void {
  if (process.env.BADGATEWAY_NO_SKIPS === "1") throw new Error(`must not be skipped: ${reason}`);
  context.skip(reason);
}
