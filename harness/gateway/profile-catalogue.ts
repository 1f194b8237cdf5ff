import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { distance } from "fastest-levenshtein";
import { moduleFiles } from "../module-files.ts";
import { messageOf } from "../net/message-of.ts";
import type { Profile } from "./profile.ts";
import { readProfile } from "./profile-shape.ts";

const comesWithUs = join(import.meta.dirname, "profiles");

/**
 * Loads every profile of a folder, in order of their names: each file holds one, or several settings of one product.
 * @throws Error naming file, entry and reason
 */
export async function loadProfiles(folder = comesWithUs): Promise<Profile[]> {
  const files = await moduleFiles(folder);
  const profiles = (await Promise.all(files.map((file) => loadFile(join(folder, file))))).flat();
  return profiles.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @throws Error with the name that was probably meant */
export async function profileNamed(name: string, folder?: string): Promise<Profile> {
  const profiles = await loadProfiles(folder);
  const found = profiles.find((profile) => profile.name === name);
  if (found) return found;
  const names = profiles.map((profile) => profile.name);
  const [near] = names.toSorted((a, b) => distance(name, a) - distance(name, b));
  const hint =
    near !== undefined && distance(name, near) <= 3 ? `did you mean ${near}?` : `there are ${names.join(", ")}`;
  throw new Error(`no profile is called “${name}”; ${hint}`);
}

async function loadFile(file: string): Promise<Profile[]> {
  const module: { default?: unknown } = await import(pathToFileURL(file).href).catch((error: unknown) => {
    throw new Error(`${file} cannot be loaded: ${messageOf(error)}`, { cause: error });
  });
  return [module.default].flat().map((value) => {
    const read = readProfile(value);
    if ("profile" in read) return read.profile;
    throw new Error(`${file} is no profile: ${nameOf(value)}${read.issues.join("; ")}`);
  });
}

/** Which of several in one file. */
function nameOf(value: unknown): string {
  return typeof value === "object" && value !== null && "name" in value ? `${value.name}: ` : "";
}
