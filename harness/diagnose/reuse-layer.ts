import type { Request } from "../client/request.ts";
import type { Course } from "./course.ts";
import { Exchange } from "./exchange.ts";
import { wrongWith } from "./exchange-findings.ts";
import { type Finding, failedStep, type Layer, type Step } from "./layer.ts";
import type { Line } from "./line.ts";
import { linger } from "./linger.ts";
import type { DiagnoseOptions } from "./options.ts";
import type { Sign } from "./signs.ts";
import type { Target } from "./target.ts";
import { octetsBehind, unaskedOctets } from "./unasked.ts";

/** What may be asked twice without doing anything twice (RFC 9110 §9.2.1). */
const safe: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** How long a connection rests before it is used again, in milliseconds: time for the upstream to close it. */
const resting = 50;

/** How long the upstream may take to close after its last answer. */
const lingering = 300;

/**
 * Asks the same again on the kept connection, and says with it that this was the last: whoever obeys closes, and then
 * all that it has to say has been said.
 */
export async function reuseLayer(
  line: Line,
  request: Request,
  first: Course,
  options: DiagnoseOptions & { readonly target: Target },
): Promise<Step<true>> {
  const { keepAlive, target } = options;
  const without = reasonAgainst(request, first, keepAlive);
  if (without !== undefined) return notTried(without);
  const rested = await linger(line, resting);
  if (rested.octets > 0) return failedStep({ name: "reuse", facts: [] }, unaskedOctets(rested.octets));
  if (rested.ended) {
    return notTried("the upstream has closed the connection after its answer, before it was asked again");
  }
  const again = { ...request, fields: { ...withoutConnection(request.fields), Connection: "close" } };
  const course = await new Exchange(line, again, { host: target.authority, ...options }).run();
  const wrong = wrongWith(course);
  if (wrong) return failedStep({ name: "reuse", took: course.took, facts: [] }, ofKept(wrong));
  const unasked = course.unasked + (await linger(line, lingering)).octets;
  const layer: Layer = {
    name: "reuse",
    verdict: "ok",
    took: course.took,
    says: "a second request on the same connection was answered",
    facts: [],
  };
  if (unasked > 0) return failedStep(layer, unaskedOctets(unasked));
  if (course.extra > 0) return failedStep(layer, octetsBehind(course.extra));
  return { layer, value: true, findings: [] };
}

function reasonAgainst(
  { method }: Request,
  { reusable, head, early, extra, unasked }: Course,
  keepAlive: boolean,
): string | undefined {
  if (!keepAlive) return "no second request was wanted";
  if (!safe.has(method)) return `${method} is not asked twice`;
  if (early > 0) return "a connection on which the upstream speaks unasked is not used again";
  if (head?.status === 101) return "the connection has gone over to another protocol";
  if (extra > 0 || unasked > 0) return "a connection that has run over is not used again";
  if (!reusable) return "the upstream closes the connection after each answer";
  return undefined;
}

/** The user's own field of that name would contradict ours. */
function withoutConnection(fields: Request["fields"]): Request["fields"] {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name.toLowerCase() !== "connection"));
}

function notTried(says: string): Step<true> {
  return { layer: { name: "reuse", verdict: "not needed", says, facts: [] }, findings: [] };
}

type Found = Omit<Finding, "layer">;

const keptSigns: Partial<Record<Sign, Sign>> = {
  "closed-without-answer": "kept-connection-closed",
  "closed-in-upload": "kept-connection-closed",
  "reset-without-answer": "kept-connection-reset",
  "reset-in-upload": "kept-connection-reset",
  "never-answers": "kept-connection-silent",
};

function ofKept({ sign, cause, says }: Found): Found {
  const kept = keptSigns[sign] ?? "kept-connection-broken";
  return { sign: kept, ...(cause && { cause }), says: `on the second request of a kept connection: ${says}` };
}
