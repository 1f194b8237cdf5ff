import { z } from "zod";
import { recommendedStatus } from "../cause.ts";
import { type ClaimWord, isClaimWord } from "../outcome.ts";
import { defaultTimers } from "../plan.ts";
import { millisecondsIn } from "../time-text.ts";
import type { CheckConfiguration } from "./configuration.ts";

const outcome = z.custom<ClaimWord>(
  isClaimWord,
  "an outcome: own(502), relayed(502), clean, cut, silent, closed, raw, hang, died",
);
const time = z.custom<number | string>(
  (value) => (typeof value === "number" || typeof value === "string") && millisecondsIn(`${value}`) !== undefined,
  "a time: 500, 500ms or 2s",
);
const causes = Object.keys(recommendedStatus) as [keyof typeof recommendedStatus];
const timers = Object.keys(defaultTimers) as [keyof typeof defaultTimers];
const why = z.string({ error: "a reason, in a sentence" }).min(1, "a reason, in a sentence");
const pattern = z.string({ error: "a scenario's id, or a glob such as slow/*" }).min(1);
const count = z.int({ error: "a whole number" }).nonnegative();

/** What a configuration of `check` holds. Each message says what was wanted. */
export const configurationShape: z.ZodType<CheckConfiguration> = z.strictObject({
  timers: z.partialRecord(z.enum(timers), time).exactOptional(),
  means: z
    .strictObject({
      retries: count.exactOptional(),
      keepAlive: z.boolean({ error: "true or false" }).exactOptional(),
      headLimit: count.exactOptional(),
      connections: count.exactOptional(),
      health: z.strictObject({ path: z.string().startsWith("/", "a path: /health") }).exactOptional(),
    })
    .exactOptional(),
  expect: z
    .array(
      z
        .strictObject({
          scenario: pattern.exactOptional(),
          cause: z.enum(causes, { error: "an error type of RFC 9209: connection_refused, …" }).exactOptional(),
          outcome: z.union([outcome, z.array(outcome).min(1)], {
            error: "an outcome such as own(502), clean or cut, or a list of them",
          }),
          why,
        })
        .refine(
          ({ scenario, cause }) => (scenario === undefined) !== (cause === undefined),
          "one of scenario and cause",
        ),
    )
    .exactOptional(),
  leaveOut: z.array(z.strictObject({ scenario: pattern, why })).exactOptional(),
});

/** Each thing that is wrong in a sentence of its own: path, what was wanted, what came. */
export function complaints(error: z.ZodError, value: unknown): string[] {
  return error.issues.map((issue) => {
    const path = issue.path.map(String).join(".");
    if (issue.code === "unrecognized_keys")
      return `${path || "it"}: wanted no such key; got ${issue.keys.map((key) => `“${key}”`).join(", ")}`;
    const expected = issue.code === "invalid_type" && issue.message.startsWith("Invalid") ? issue.expected : undefined;
    return `${path || "it"}: wanted ${expected ?? issue.message}; got ${shown(at(value, issue.path))}`;
  });
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let inner = value;
  for (const key of path) inner = typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined;
  return inner;
}

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = typeof value === "string" ? `“${value}”` : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
