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
  if (rested.octets > 0) {
    const says = `${rested.octets} octets came behind the whole response, which nobody asked for`;
    return failedStep(
      { name: "reuse", facts: [] },
      { sign: "octets-nobody-asked-for", cause: "http_protocol_error", says },
    );
  }
  if (rested.ended) {
    return notTried("the upstream has closed the connection after its answer, before it was asked again");
  }
  const again = { ...request, fields: { ...request.fields, Connection: "close" } };
  const course = await new Exchange(line, again, { host: target.authority, ...options }).run();
  const wrong = wrongWith(course);
  if (wrong) return failedStep({ name: "reuse", took: course.took, facts: [] }, ofKept(course, wrong));
  const extra = course.extra + (await linger(line, lingering)).octets;
  const layer: Layer = {
    name: "reuse",
    verdict: "ok",
    took: course.took,
    says: "a second request on the same connection was answered",
    facts: [],
  };
  if (extra === 0) return { layer, value: true, findings: [] };
  const says = `${extra} octets came on the kept connection that nobody asked for: answers may get to the wrong client`;
  return failedStep(layer, { sign: "octets-nobody-asked-for", cause: "http_protocol_error", says });
}

function reasonAgainst({ method }: Request, { reusable, head, extra }: Course, keepAlive: boolean): string | undefined {
  if (!keepAlive) return "no second request was wanted";
  if (!safe.has(method)) return `${method} is not asked twice`;
  if (head?.status === 101) return "the connection has gone over to another protocol";
  if (extra > 0) return "a connection that has run over is not used again";
  if (!reusable) return "the upstream closes the connection after each answer";
  return undefined;
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

function ofKept({ received }: Course, { sign, cause, says }: Found): Found {
  const kept = keptSigns[sign] ?? (received > 0 ? "kept-connection-broken" : "kept-connection-closed");
  return { sign: kept, ...(cause && { cause }), says: `on the second request of a kept connection: ${says}` };
}
