import { expect, test } from "vitest";
import { loadScenarios } from "../harness/folder.ts";
import { loadProfiles } from "../harness/gateway/profile-catalogue.ts";
import { profilesPage } from "../harness/gateway/profiles-page.ts";
import { faultsPage } from "../harness/report/faults-page.ts";

// Written by hand: a file that is lost by mistake is missed nowhere else.
test("the catalogue has every scenario, family by family", async () => {
  const families = Map.groupBy(await loadScenarios(), ({ id }) => id.slice(0, id.indexOf("/")));
  const counts = Object.fromEntries([...families].map(([family, scenarios]) => [family, scenarios.length]));
  expect(counts).toEqual({
    chain: 4,
    config: 9,
    container: 7,
    control: 14,
    crash: 35,
    dns: 11,
    exhaustion: 8,
    malformed: 54,
    pool: 10,
    slow: 14,
    tls: 21,
    upgrade: 5,
  });
});

// `npm run docs` writes the page anew; in CI a stale page fails.
test("docs/faults.md says what the scenarios say", async () => {
  await expect(faultsPage(await loadScenarios())).toMatchFileSnapshot("../docs/faults.md");
});

test("docs/profiles.md says what the profiles say", async () => {
  await expect(profilesPage(await loadProfiles())).toMatchFileSnapshot("../docs/profiles.md");
});
