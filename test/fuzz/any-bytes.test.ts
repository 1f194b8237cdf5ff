import { expect, test } from "vitest";
import { checkAnyBytes } from "./property.ts";

test("any bytes from the upstream, cut anywhere, give the client an end within the timers", {
  timeout: 120_000,
}, async () => {
  expect(await checkAnyBytes(2_000, 9209)).toBeGreaterThanOrEqual(2_000);
});
