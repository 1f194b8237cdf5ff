import { loadDrivers } from "../../drivers.ts";
import type { Profile } from "../../gateway/profile.ts";
import { loadProfiles } from "../../gateway/profile-catalogue.ts";
import { imitationOf } from "./imitation.ts";

/** Every name that `--profile` takes: the managed proxies first, then those that were measured. */
export async function profileNames(): Promise<string[]> {
  const drivers = (await loadDrivers()).filter(({ via }) => via === "local" || via === "container");
  return [...new Set([...(await loadProfiles()).map(({ name }) => name), ...drivers.map(({ name }) => name)])];
}

/** The profile of a managed proxy, or one made of what was measured on a proxy that could be run here. */
export async function profileOrImitation(name: string): Promise<Profile | undefined> {
  const managed = (await loadProfiles()).find((profile) => profile.name === name);
  if (managed) return managed;
  const driver = (await loadDrivers()).find((each) => each.name === name && each.dialect.rows.length > 0);
  return driver && driver.via !== "profile" ? imitationOf(driver) : undefined;
}
