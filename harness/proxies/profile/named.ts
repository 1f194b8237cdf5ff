import { loadDrivers } from "../../drivers.ts";
import type { Profile } from "../../gateway/profile.ts";
import { loadProfiles } from "../../gateway/profile-catalogue.ts";
import { imitationOf } from "./imitation.ts";

let loading: Promise<ReadonlyMap<string, Profile>> | undefined;

/** Every profile by its name: the managed proxies first, then one made of what was measured on each proxy. */
async function everyProfile(): Promise<ReadonlyMap<string, Profile>> {
  const [managed, drivers] = await Promise.all([loadProfiles(), loadDrivers()]);
  const measured = drivers.filter(({ via }) => via === "local" || via === "container").map(imitationOf);
  return new Map([...measured, ...managed].map((profile) => [profile.name, profile]));
}

/** Every name that `--profile` takes. */
export async function profileNames(): Promise<string[]> {
  loading ??= everyProfile();
  return [...(await loading).keys()].sort();
}

/** The profile of a managed proxy, or one made of what was measured on a proxy that could be run here. */
export async function profileOrImitation(name: string): Promise<Profile | undefined> {
  loading ??= everyProfile();
  return (await loading).get(name);
}
