import type { Outcome } from "../outcome.ts";
import type { Ending, Response } from "../trial.ts";

/** What the client knows when its wait is over. */
export interface Evidence {
  readonly ending: Ending;
  /** Bytes came that belong to a final response, though perhaps not its whole head. */
  readonly begun: boolean;
  /** Set once a final head was whole. */
  readonly response?: Pick<Response, "status" | "fromOrigin" | "framed" | "intact">;
}

/**
 * Puts what the client got into one word.
 * Interim responses alone are no answer: a connection that ends after them is `closed`.
 */
export function outcomeOf({ ending, begun, response }: Evidence): Outcome {
  if (ending === "deadline") return "hang";
  if (!response) return begun ? "raw" : "closed";
  if (!response.framed) return "cut";
  if (!response.fromOrigin) return `own(${response.status})`;
  if (response.intact === false) return "silent";
  return response.status === 200 ? "clean" : `relayed(${response.status})`;
}
