import type { Profile } from "../gateway/profile.ts";
import { profileNames, profileOrImitation } from "../proxies/profile/named.ts";
import { meant } from "../select/nearest.ts";
import { UsageError } from "./usage.ts";

/** The profile that `--profile` names. @throws UsageError when none is called so */
export async function profileOf(name: string): Promise<Profile> {
  const profile = await profileOrImitation(name);
  if (profile) return profile;
  throw new UsageError(`--profile: no profile is called “${name}”; ${meant(name, await profileNames())}`);
}
