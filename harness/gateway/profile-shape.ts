import { z } from "zod";
import { recommendedStatus } from "../cause.ts";
import { defaultTimers } from "../plan.ts";
import { finerOccasions, type Profile } from "./profile.ts";
import { strangePlaceholders } from "./profile-placeholders.ts";

const entry = {
  mark: z.enum(["documented", "derived", "unconfirmed", "measured"]),
  source: z.string().min(1),
  note: z.string().min(1).optional(),
};
const word = z.string().min(1).optional();
const occasion = z.enum([...Object.keys(recommendedStatus), ...finerOccasions]);
const timer = z.enum(Object.keys(defaultTimers) as [string]);
const status = z.int().min(400, "is no error status").max(599, "is no status");
const afterHead = z.strictObject({
  ...entry,
  does: z.enum(["cut", "complete", "answer"]),
  logged: status.optional(),
  word,
  text: word,
});
const field = z.strictObject({
  ...entry,
  name: z.string().regex(/^[\w-]+$/, "is no field name"),
  text: z.string().min(1),
});
const left = z.strictObject({ status: word, word, text: word });

const shape = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, "wants small letters, digits and hyphens"),
  title: z.string().min(1),
  setting: z.string().min(1).optional(),
  sources: z.record(
    z.string(),
    z.strictObject({ title: z.string().min(1), url: z.url().optional(), date: z.iso.date() }),
  ),
  answers: z.partialRecord(
    occasion,
    z.strictObject({ ...entry, status, reason: z.string().min(1).optional(), word, text: word }),
  ),
  timers: z.partialRecord(timer, z.strictObject({ ...entry, ms: z.int().positive() })),
  allDown: z.strictObject({ ...entry, does: z.literal("route") }).optional(),
  trusting: z.strictObject(entry).optional(),
  broken: afterHead.optional(),
  stalled: afterHead.optional(),
  replaces: z.strictObject({ ...entry, statuses: z.array(status).min(1) }).optional(),
  wantsReason: z.strictObject({ ...entry, word }).optional(),
  tries: z
    .strictObject({
      ...entry,
      most: z.int().min(2),
      after: z.array(z.enum(["connecting", "terminated", "silence"])).min(1),
      at: z.enum(["others", "any"]),
    })
    .optional(),
  headLimit: z.strictObject({ ...entry, octets: z.int().positive() }).optional(),
  page: z.strictObject({ type: z.string().min(1), body: z.string() }),
  fields: z.strictObject({ own: z.array(field), every: z.array(field) }),
  ids: z.record(z.string(), z.string().min(1)),
  log: z.strictObject({ own: z.string().min(1), relayed: z.string().min(1), left: left.optional() }),
  beyond: z.array(z.strictObject({ ...entry, status: z.string().min(1), what: z.string().min(1), word })),
});

/** What a profile file must hold: a misspelt key would otherwise be an answer that is never given. */
export function readProfile(value: unknown): { profile: Profile } | { issues: readonly string[] } {
  const read = shape.safeParse(value);
  if (!read.success) {
    return { issues: read.error.issues.map(({ path, message }) => `${path.join(".") || "it"}: ${message}`) };
  }
  const known = Object.keys(read.data.sources);
  const named = [...sourcesIn(read.data, "")];
  const lost = named.filter(({ source }) => !known.includes(source));
  const issues = lost.map(
    ({ path, source }) => `${path}.source: “${source}” is none of its sources (${known.join(", ") || "it has none"})`,
  );
  const idle = known.filter((key) => !named.some(({ source }) => source === key));
  issues.push(...idle.map((key) => `sources.${key}: no entry is taken from it`));
  issues.push(...strangePlaceholders(value as Profile));
  if (read.data.answers.connection_refused === undefined) issues.push("answers.connection_refused: is missing");
  return issues.length > 0 ? { issues } : { profile: value as Profile };
}

/** Every `source` that an entry names, with the entry's path. */
function* sourcesIn(value: unknown, path: string): Generator<{ path: string; source: string }> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === "source" && typeof inner === "string") yield { path, source: inner };
    else yield* sourcesIn(inner, path === "" ? key : `${path}.${key}`);
  }
}
