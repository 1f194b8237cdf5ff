import { z } from "zod";
import { runShape } from "./run-shape.ts";
import { trialShape } from "./trial-shape.ts";

/** The JSON Schemas that are published with the package, by file: made from what a saved run is read with. */
export const schemas: Readonly<Record<string, object>> = {
  "run.schema.json": z.toJSONSchema(runShape),
  "trial.schema.json": z.toJSONSchema(trialShape),
};
