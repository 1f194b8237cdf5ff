import { expect, test } from "vitest";
import { loadDrivers } from "../../harness/drivers.ts";
import { loadScenarios } from "../../harness/folder.ts";

// `npm run docs` writes the file anew; in CI a stale one fails.
test("the types know every scenario and every proxy there is", async () => {
  const scenarios = (await loadScenarios()).map(({ id }) => id);
  const proxies = [...new Set((await loadDrivers()).map(({ name }) => name))].sort();
  const text = `/** Written by \`npm run docs\`: what is there to be named, so that an editor can complete it. */

/** A scenario of the catalogue. */
export type ScenarioId =${union(scenarios)};

/** A proxy that badgateway can put in front. */
export type ProxyName =${union(proxies)};
`;
  await expect(text).toMatchFileSnapshot("../../harness/ids.ts");
});

/** As the formatter has it. */
function union(words: readonly string[]): string {
  return words.map((word) => `\n  | ${JSON.stringify(word)}`).join("");
}
