import { expect, test } from "vitest";
import { loadScenarios } from "../harness/folder.ts";
import { loadProfiles } from "../harness/gateway/profile-catalogue.ts";
import { profilesPage } from "../harness/gateway/profiles-page.ts";
import { faultsPage } from "../harness/report/faults-page.ts";

// `npm run docs` writes the page anew; in CI a stale page fails.
test("docs/faults.md says what the scenarios say", async () => {
  await expect(faultsPage(await loadScenarios())).toMatchFileSnapshot("../docs/faults.md");
});

test("docs/profiles.md says what the profiles say", async () => {
  await expect(profilesPage(await loadProfiles())).toMatchFileSnapshot("../docs/profiles.md");
});
