import { parseList } from "structured-headers";
import { type Cause, isCause, type recommendedStatus } from "../cause.ts";
import type { Answer } from "./answer.ts";

/** The causes for which RFC 9209 recommends a status. */
export type CauseOf<Status extends number> = {
  [C in Cause]: (typeof recommendedStatus)[C] extends Status ? C : never;
}[Cause];

/** What a proxy's own answer must be like. */
export interface OwnAnswer {
  /** Named in `Proxy-Status`. */
  readonly cause?: Cause;
  /** Milliseconds: not before. */
  readonly after?: number;
  /** Milliseconds that it may come later than `after`. */
  readonly within?: number;
}

/** How late an answer may be unless told: a busy machine is not what is judged. In milliseconds. */
const defaultWithin = 2_000;

/** A timer may run out a little early, by the grain of its clock. In milliseconds. */
const grain = 5;

/** `a 504 of the proxy's own making, not before 300 ms and no more than 1000 ms later`. */
export function wantedText(status: number, { cause, after, within = defaultWithin }: OwnAnswer): string {
  const why = cause === undefined ? "" : ` for ${cause}`;
  const when = after === undefined ? "" : `, not before ${after} ms and no more than ${within} ms later`;
  return `a ${status} of the proxy's own making${why}${when}`;
}

/** What keeps an answer from being the one that is wanted; nothing when it is. */
export function complaintsAbout(answer: Answer, status: number, wanted: OwnAnswer): string[] {
  if (answer.status !== status || answer.end === "none") return [gotText(answer)];
  const complaints = [...aboutMaker(answer, status), ...aboutCause(answer, wanted), ...aboutTime(answer, wanted)];
  return complaints.length > 0 ? [gotText(answer), ...complaints] : [];
}

function aboutMaker({ relayed, end, words }: Answer, status: number): string[] {
  if (relayed) return [`the ${status} is the backend's, passed on: the proxy made none`];
  return end === "cut" || words !== undefined ? [`it is not whole${words === undefined ? "" : `: ${words}`}`] : [];
}

function aboutCause(answer: Answer, { cause }: OwnAnswer): string[] {
  if (cause === undefined) return [];
  const named = causeNamedIn(answer);
  if (named === undefined)
    return ["it has no Proxy-Status with an error, so that it does not tell its cause (RFC 9209)"];
  return named === cause ? [] : [`Proxy-Status error=${named}, wanted ${cause}`];
}

function aboutTime({ took }: Answer, { after, within = defaultWithin }: OwnAnswer): string[] {
  if (after === undefined) return [];
  if (took === undefined)
    return ["nobody has measured how long it took; hand over the request: await expect(fetch(url)).toBe…"];
  if (took < after - grain) return [`it came after ${Math.round(took)} ms, before the ${after} ms were over`];
  return took > after + within ? [`it came ${Math.round(took - after)} ms late, at most ${within} are allowed`] : [];
}

/** The error type that `Proxy-Status` names last: on the way back, the last proxy adds itself last. */
function causeNamedIn(answer: Answer): string | undefined {
  const value = answer.field("proxy-status").join(", ");
  try {
    const errors = parseList(value).map(([, params]) => params.get("error"));
    return errors.findLast((error) => error !== undefined)?.toString();
  } catch {
    return undefined; // no list as RFC 9651 has it
  }
}

/** `502, connection_refused, after 12 ms`. */
export function gotText(answer: Answer): string {
  const { status, took, words, end } = answer;
  const cause = causeNamedIn(answer);
  const known = cause === undefined ? [] : [isCause(cause) ? cause : `error=${cause}`];
  const parts = [
    status === undefined ? "no response" : String(status),
    ...known,
    ...(end === "cut" ? ["broken off"] : []),
    ...(words === undefined ? [] : [words]),
    ...(took === undefined ? [] : [`after ${Math.round(took)} ms`]),
  ];
  return `got ${parts.join(", ")}`;
}
