import { z } from "zod";
import { type Cause, recommendedStatus } from "../cause.ts";

/** What one proxy, service or tool says, and what it means by it. */
export interface Knowledge {
  /** As the driver is named, where there is one: `nginx`. */
  readonly proxy: string;
  /** As people write it: `HAProxy`. */
  readonly title: string;
  /** `proxy`: one that people run; `managed`: a service; `tool`: curl and its kin; `standard`: what the RFCs say. */
  readonly kind: "proxy" | "managed" | "tool" | "standard";
  /** How a line of its log is known, whatever it says. */
  readonly voice?: RegExp;
  readonly entries: readonly Entry[];
}

/** One thing that is said. */
export interface Entry {
  readonly pattern: RegExp;
  /** What it says in its own words, particulars left out: what is suggested for text that is almost the same. */
  readonly words: string;
  readonly meaning: string;
  /** What stands behind it, the likeliest first. Empty where nothing failed, or nobody upstream did. */
  readonly causes: readonly Cause[];
  /** Scenarios that bring it about, the likeliest first. Unset: those of the causes. */
  readonly scenarios?: readonly string[];
  /** The setting that governs it, with its default. */
  readonly setting?: string;
  /** Documentation, or source file; `measured` where a run of the matrix has recorded the words. */
  readonly source: string;
}

const cause = z.enum(Object.keys(recommendedStatus) as [Cause]);

const knowledgeShape = z.strictObject({
  proxy: z.string().regex(/^[a-z][\w-]*$/),
  title: z.string().min(1),
  kind: z.enum(["proxy", "managed", "tool", "standard"]),
  voice: z.instanceof(RegExp).optional(),
  entries: z
    .array(
      z.strictObject({
        pattern: z.instanceof(RegExp),
        words: z.string().min(1),
        meaning: z.string().min(10),
        causes: z.array(cause),
        scenarios: z
          .array(z.string().regex(/^[\w-]+\/[\w-]+$/, "is no id of a scenario"))
          .min(1)
          .optional(),
        setting: z.string().min(1).optional(),
        source: z.string().min(1),
      }),
    )
    .min(1),
});

/**
 * Refuses what is misspelt, and a pattern that does not know its own words.
 * @throws Error naming the proxy and the entry
 */
export function checkedKnowledge(knowledge: Knowledge): Knowledge {
  const read = knowledgeShape.safeParse(knowledge);
  if (!read.success) {
    const issues = read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    throw new Error(`what is known of ${knowledge.proxy} is no knowledge: ${issues.join("; ")}`);
  }
  const strange = knowledge.entries.find(({ pattern, words }) => !pattern.test(words));
  if (strange)
    throw new Error(`${knowledge.proxy}: ${strange.pattern} does not match its own words “${strange.words}”`);
  return knowledge;
}
