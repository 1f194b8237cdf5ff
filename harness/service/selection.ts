import type { RequestHead } from "../faults/request.ts";
import type { Timers } from "../plan.ts";
import { millisecondsIn } from "../time-text.ts";

/** What a request asks of the backend. */
export interface Selection {
  /** The id, as it was asked for. */
  readonly fault: string;
  /** Eight hex digits: requests with the same meet the same backend, and its record is kept under it. */
  readonly trial?: string;
  /** Milliseconds that pass before the fault begins. */
  readonly after: number;
  /** What the fault is told in terms of. */
  readonly timers: Partial<Timers>;
}

/** Where everything that is not a fault lives. */
export const ownPaths = "/_badgateway";

/** The path below which the record of a trial is kept. */
export const trialsPath = `${ownPaths}/trials`;

/** Names the trial, in a request. */
export const trialField = "X-Trial";

/**
 * Reads `GET /slow/never-answers?after=5s`, or `X-Fault: slow/never-answers; after=5s`, which counts for more. Nothing
 * when the request names no fault.
 * @throws RangeError naming what was wanted and came
 */
export function selectionIn({ path, fields }: RequestHead): Selection | undefined {
  const field = fields.get("x-fault");
  const [way = "", query = ""] = path.split("?", 2);
  const [word = "", ...parameters] = field === undefined ? [faultIn(way), ...query.split("&")] : field.split(";");
  const fault = word.trim();
  if (fault === "") return undefined;
  const told = parameters.map((text) => text.trim()).filter((text) => text !== "");
  const known = told.flatMap(parameter).filter(([name]) => field !== undefined || isKnown(name));
  const trial = fields.get(trialField.toLowerCase());
  if (trial !== undefined && !/^[0-9a-f]{8}$/.test(trial))
    throw new RangeError(`${trialField}: wanted eight hex digits, got “${trial}”`);
  return {
    fault,
    after: 0,
    ...(trial !== undefined && { trial }),
    ...arranged(known),
  };
}

/** `/crash/refused/orders` names `crash/refused`; what a path has before the family is not known here. */
function faultIn(way: string): string {
  const [, family = "", name = ""] = way.split("/");
  return family !== "" && name !== "" ? `${family}/${name}` : "";
}

const names = ["after", "resolve", "connect", "tls", "send", "head", "idle", "total"];

function isKnown(name: string): boolean {
  return names.includes(name);
}

function parameter(text: string): [name: string, value: string][] {
  const [name = "", value = ""] = text.split("=", 2).map((part) => part.trim());
  return [[name, value]];
}

function arranged(parameters: readonly [string, string][]): { after?: number; timers: Partial<Timers> } {
  const { after, ...timers } = Object.fromEntries(parameters.map(([name, value]) => [name, milliseconds(name, value)]));
  return { ...(after !== undefined && { after }), timers };
}

/** An hour: whoever wants more has mistyped. */
const longest = 3_600_000;

function milliseconds(name: string, value: string): number {
  if (!isKnown(name)) throw new RangeError(`X-Fault: wanted one of ${names.join(", ")}, got “${name}”`);
  const time = millisecondsIn(value);
  if (time !== undefined && time <= longest) return time;
  throw new RangeError(`${name}: wanted a time such as 200ms or 5s, got “${value}”`);
}
