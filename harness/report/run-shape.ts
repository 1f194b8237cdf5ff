import { z } from "zod";
import { recommendedStatus } from "../cause.ts";
import type { CellRecord, RunDocument } from "./json.ts";
import { outcome, timerName, timers, trialShape, via } from "./trial-shape.ts";

const word = z.union([outcome, z.literal("own")]);
const range = z.union([z.int(), z.tuple([z.int(), z.int()])]);
const claim = z
  .union([word, z.array(word), z.object({ tally: z.record(z.string(), range) })])
  .meta({ id: "Claim", description: "An outcome, a set of them, or how often each must come; `own`: as recommended." });

const verdict = z
  .object({
    kind: z.enum(["pass", "fail", "void", "skipped", "inapplicable"]),
    why: z.array(z.string()),
    departs: z.array(z.string()).exactOptional(),
    mark: z
      .enum(["documented", "derived", "unconfirmed"])
      .describe("How sure the departure of a profile is.")
      .exactOptional(),
  })
  .meta({ id: "Verdict" });

const proof = z
  .array(
    z.object({
      act: z.string(),
      upstream: z.int().exactOptional(),
      times: z.union([range, z.tuple([z.int()])]).exactOptional(),
      ask: z.int().exactOptional(),
    }),
  )
  .meta({ id: "Proof", description: "Acts that must stand on the timeline: how we know that the fault happened." });

const scenario = z
  .object({
    id: z.string(),
    title: z.string(),
    causes: z.array(z.enum(Object.keys(recommendedStatus) as [keyof typeof recommendedStatus])),
    claims: z.array(claim),
    at: timerName.exactOptional(),
    never: z.array(z.string()).exactOptional(),
    always: z.array(z.string()).exactOptional(),
    proof,
    remedied: z.object({ claims: z.array(claim), proof }).exactOptional(),
    racy: z.string().exactOptional(),
    story: z.object({ symptom: z.string(), why: z.string(), evidence: z.array(z.string()), remedy: z.string() }),
    spec: z.array(z.string()),
  })
  .meta({ id: "Scenario" });

const departure = z
  .object({
    claims: z.array(claim),
    at: z.union([timerName, z.literal("never")]).exactOptional(),
    waives: z.array(z.string()).exactOptional(),
    admits: z.array(z.string()).exactOptional(),
  })
  .meta({ id: "Departure", description: "What the proxy gives by its dialect, in place of the scenario's claims." });

const command = z.string().describe("What has it again, up to the scenario's id; `badgateway run` unless told.");

const cell = z
  .object({
    scenario: z.string(),
    remedied: z.literal(true).exactOptional(),
    title: z.string(),
    driver: z.string(),
    via,
    verdict,
    departure: departure.exactOptional(),
    file: z.string().describe("Where the trial stands, beside run.json.").exactOptional(),
    trial: trialShape.exactOptional(),
    origin: z
      .object({ timers, command: command.exactOptional() })
      .describe("Of its own run, where several were merged that differ in it.")
      .exactOptional(),
  })
  .meta({ id: "Cell", description: "One scenario on one proxy; in run.json its trial is a file of its own." });

/** `run.json`, and the document that `run --json` writes. */
export const runShape = z
  .object({
    format: z.literal(1),
    badgateway: z.string(),
    node: z.string(),
    platform: z.string(),
    date: z.string(),
    seed: z.int(),
    repeat: z.int().positive(),
    timers,
    command: command.exactOptional(),
    took: z.number(),
    vendors: z
      .array(z.object({ driver: z.string(), real: z.partialRecord(timerName, z.number()), timers }))
      .describe("For profiles: the timers that the vendor publishes, and those of the run that stand for them.")
      .exactOptional(),
    columns: z
      .array(
        z.object({
          driver: z.string(),
          via,
          others: z.int().positive().describe("How many further drivers share it.").exactOptional(),
          backends: z.number(),
          start: z.number(),
          run: z.number(),
          rest: z.number(),
          stop: z.number(),
        }),
      )
      .describe("What each driver took, in milliseconds.")
      .exactOptional(),
    absent: z.array(z.object({ driver: z.string(), via, missing: z.string() })),
    scenarios: z.array(scenario),
    cells: z.array(cell),
  })
  .meta({ id: "Run", description: "A run of badgateway." });

// TypeScript and the shapes say the same, but for `via`, where the shapes keep room.
cell satisfies z.ZodType<Omit<CellRecord, "via" | "trial">>;
runShape satisfies z.ZodType<Omit<RunDocument, "absent" | "cells">>;
