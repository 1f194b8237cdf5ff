import type { ProxyDriver } from "../../driver.ts";
import { loadDrivers } from "../../drivers.ts";
import type { Profile } from "../../gateway/profile.ts";
import { loadProfiles } from "../../gateway/profile-catalogue.ts";
import { imitationOf } from "./imitation.ts";

let managed: Promise<readonly Profile[]> | undefined;

/** Read and checked once: a chain asks for each of its hops. */
function managedProfiles(): Promise<readonly Profile[]> {
  managed ??= loadProfiles();
  return managed;
}

/** Every name that `--profile` takes. */
export async function profileNames(): Promise<string[]> {
  const [profiles, drivers] = await Promise.all([managedProfiles(), loadDrivers()]);
  return [...new Set([...profiles, ...drivers.filter(isMeasured)].map(({ name }) => name))].sort();
}

/** The profile of a managed proxy, or one made of what was measured on a proxy that could be run here. */
export async function profileOrImitation(name: string): Promise<Profile | undefined> {
  const profile = (await managedProfiles()).find((each) => each.name === name);
  if (profile) return profile;
  const drivers = await loadDrivers([name]);
  const driver = drivers.find((each) => each.name === name && isMeasured(each));
  return driver && imitationOf(driver);
}

function isMeasured({ via }: ProxyDriver): boolean {
  return via === "local" || via === "container";
}
