import { z } from "zod";
import { recommendedStatus } from "./cause.ts";
import { isClaimWord } from "./outcome.ts";

const cause = z.enum(Object.keys(recommendedStatus) as [keyof typeof recommendedStatus]);
/** Whatever digits a proxy may let through, the standards ask for a status of three: another is a slip of the pen. */
const word = z
  .string()
  .refine(isClaimWord, "is no outcome")
  .regex(/^\w+(\(\d{3}\))?$/, "claims what is no status");
const claim = z.union([
  word,
  z.array(word).min(1).max(4, "allows so much that it can hardly be wrong"),
  z.strictObject({
    tally: z
      .record(word, z.union([z.int(), z.tuple([z.int(), z.int()])]))
      .refine((tally) => Object.values(tally).some((times) => [times].flat()[0] !== 0), "asks for nothing"),
  }),
]);
const ask = z.strictObject({
  method: z.string().optional(),
  path: z.string().optional(),
  fields: z.record(z.string(), z.string()).optional(),
  body: z.int().optional(),
  expect: z.literal(true).optional(),
  upgrade: z.literal("websocket").optional(),
  on: z.enum(["fresh", "same"]).optional(),
  after: z.union([z.string(), z.strictObject({ act: z.string(), times: z.int().positive() })]).optional(),
  times: z.int().positive().optional(),
  together: z.literal(true).optional(),
  claim: claim.optional(),
});
const proof = z.strictObject({
  act: z.string(),
  upstream: z.int().positive().optional(),
  times: z.union([z.int(), z.tuple([z.int()]), z.tuple([z.int(), z.int()])]).optional(),
  ask: z.int().positive().optional(),
});
/** What may not have happened at all proves nothing. */
const mustHappen = ({ times = 1 }: z.infer<typeof proof>) => [times].flat()[0] !== 0;
const fault = z.custom((value) => typeof (value as { open?: unknown } | undefined)?.open === "function", "is no fault");
const plan = z.strictObject({
  timers: z.custom((value) => typeof value === "function", "must be a function of the run's timers").optional(),
  clientCertificate: z.literal(true).optional(),
  retries: z.int().nonnegative().optional(),
  keepAlive: z.boolean().optional(),
  headLimit: z.int().positive().optional(),
  connections: z.int().positive().optional(),
  queue: z.strictObject({ most: z.int().positive(), wait: z.int().positive() }).optional(),
  health: z
    .strictObject({
      path: z.string().startsWith("/"),
      every: z.int().positive(),
      rise: z.int().positive().optional(),
      fall: z.int().positive().optional(),
    })
    .optional(),
  ejection: z.strictObject({ failures: z.int().positive(), for: z.int().positive() }).optional(),
});
const patterns = z.record(z.string(), z.instanceof(RegExp));

const scenario = z.strictObject({
  title: z.string().min(1),
  cause: z.union([cause, z.array(cause).min(1)]).optional(),
  upstreams: z.array(fault),
  plan: plan.optional(),
  asks: z.array(ask).min(1).optional(),
  claim,
  at: z.enum(["resolve", "connect", "tls", "send", "head", "idle", "total"]).optional(),
  never: patterns.optional(),
  always: patterns.optional(),
  proof: z.array(proof).refine((proofs) => proofs.some(mustHappen), "must name at least one act that proves the fault"),
  remedy: z
    .strictObject({
      plan: plan.optional(),
      upstreams: z.array(fault).optional(),
      asks: z.array(ask).min(1).optional(),
      claim: claim.optional(),
      proof: z.array(proof).optional(),
    })
    .optional(),
  alone: z.literal(true).optional(),
  racy: z.string().min(1).optional(),
  story: z.strictObject({
    symptom: z.string().min(1),
    why: z.string().min(1),
    evidence: z.array(z.string().min(1)).min(1),
    remedy: z.string().min(1),
  }),
  spec: z.array(z.string().min(1)).min(1),
});

/**
 * What a scenario file must hold, checked when it is loaded: a misspelt key would otherwise be a claim
 * that is never made. Types say the same to whoever writes TypeScript; this says it to everybody.
 */
export const scenarioShape = scenario.refine(({ cause, claim, asks = [] }) => cause || ![claim, asks].some(saysOwn), {
  path: ["cause"],
  message: "is needed where the claim is `own`, the status that is recommended for it",
});

/** `own` without a number stands somewhere in a claim, or in that of an ask. */
function saysOwn(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return value === "own";
  return Object.entries(value).some(([key, inner]) => key === "own" || saysOwn(inner));
}
