import { z } from "zod";
import { type Outcome, outcomePattern } from "../outcome.ts";
import type { Plan } from "../plan.ts";
import type { Trial } from "../trial.ts";

const milliseconds = z.number();
const count = z.int().nonnegative();

/** What the pattern lets through is an outcome, which TypeScript cannot see. */
export const outcome = z
  .string()
  .regex(outcomePattern)
  .meta({ id: "Outcome", description: "What the client got." }) as z.ZodType as z.ZodType<Outcome>;

export const timers = z
  .object({
    resolve: milliseconds,
    connect: milliseconds,
    tls: milliseconds,
    send: milliseconds,
    head: milliseconds,
    idle: milliseconds,
    total: milliseconds,
  })
  .meta({ id: "Timers", description: "The clocks of a proxy towards its upstream, in milliseconds; 0 is off." });

export const timerName = z.enum(["resolve", "connect", "tls", "send", "head", "idle", "total"]);

export const via = z
  .enum(["embedded", "local", "container", "profile"])
  .meta({ id: "Via", description: "How the proxy was brought up." });

const plan = z
  .object({
    upstreams: z.array(z.string()),
    timers,
    trust: z.object({
      ca: z.string(),
      serverName: z.string().exactOptional(),
      identity: z.object({ certificate: z.string(), key: z.string() }).exactOptional(),
    }),
    resolver: z.string().exactOptional(),
    retries: count,
    keepAlive: z.boolean(),
    headLimit: count,
    connections: count.exactOptional(),
    queue: z.object({ most: count, wait: milliseconds }).exactOptional(),
    health: z
      .object({ path: z.string(), every: milliseconds, rise: count.exactOptional(), fall: count.exactOptional() })
      .exactOptional(),
    ejection: z.object({ failures: count, for: milliseconds }).exactOptional(),
  })
  .meta({ id: "Plan", description: "What the proxy was told for this route." }) satisfies z.ZodType<Plan>;

const transcript = z
  .object({ bytes: count, first: z.string(), last: z.string().exactOptional() })
  .meta({ id: "Transcript", description: "Octets as latin1 text: the first and, where there were more, the last." });

const response = z.object({
  status: z.int(),
  reason: z.string(),
  fields: z.array(z.tuple([z.string(), z.string()])),
  interim: z.array(z.int()),
  bodyBytes: count,
  fromOrigin: z.boolean(),
  framed: z.boolean(),
  intact: z.boolean().exactOptional(),
  extra: count.exactOptional(),
});

const exchange = z
  .object({
    ask: count,
    at: milliseconds,
    took: milliseconds,
    sending: milliseconds,
    sent: transcript,
    received: transcript,
    response: response.exactOptional(),
    ending: z.enum(["whole", "fin", "rst", "malformed", "deadline"]),
    outcome,
  })
  .meta({ id: "Exchange", description: "One request of the client, and what came back." });

const note = z
  .object({ at: milliseconds, who: z.string(), act: z.string(), detail: z.string().exactOptional() })
  .meta({ id: "Note", description: "A fact, put down by whoever made it true; `at` counts from the first ask." });

const connection = z
  .object({ who: z.string(), number: count, sent: transcript, received: transcript })
  .meta({ id: "Connection", description: "One connection of a backend; over TLS, inside the encryption." });

/** A saved trial. Keys that it does not know are let through: who reads may be older than who has written. */
export const trialShape = z
  .object({
    format: z.literal(1),
    scenario: z.string(),
    remedied: z.literal(true).exactOptional(),
    driver: z.string(),
    via,
    version: z.string(),
    seed: z.int(),
    plan,
    exchanges: z.array(exchange),
    timeline: z.array(note),
    connections: z.array(connection),
    said: z.array(z.string()).describe("The proxy's own words."),
    died: z.string().exactOptional(),
    spoiled: z.string().exactOptional(),
  })
  .meta({ id: "Trial", description: "The record of one scenario on one proxy." });

// What TypeScript says of a trial and what the shape says are the same, but for `via`, where room is kept.
trialShape satisfies z.ZodType<Omit<Trial, "via">>;
