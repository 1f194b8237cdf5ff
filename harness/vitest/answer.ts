import type { IncomingMessage } from "node:http";
import { madeIn } from "../lab/open-labs.ts";
import type { Lab } from "../open-lab.ts";
import type { Exchange, Note, Trial } from "../trial.ts";
import { failureOf, portOf } from "./broken.ts";
import { tookOf, tookOfFetch } from "./clock.ts";
import { labAt, originIn, soleLab } from "./labs.ts";

/** What a client got, whichever client it was. */
export interface Answer {
  /** Unset: no response head came. */
  readonly status?: number;
  /** Values of a field, in order. */
  field(name: string): readonly string[];
  /** Made by the backend, and passed on: known when the backend is one of ours. */
  readonly relayed?: boolean;
  /**
   * - `whole`: the message came to its end
   * - `cut`: it was visibly broken off behind its head
   * - `none`: there was no response
   * - `unread`: its body has not been read yet
   */
  readonly end: "whole" | "cut" | "none" | "unread";
  /** Milliseconds. Unset: nobody has measured. */
  readonly took?: number;
  /** In words, where status and end do not say it: `silent`, or what the client's error said. */
  readonly words?: string;
  /** What both ends did, where that is known. */
  readonly timeline?: readonly Note[];
}

/** @throws TypeError for what is no answer of a client that we know */
export function answersOf(received: unknown): Answer[] {
  if (isTrial(received)) return received.exchanges.map((exchange) => ofExchange(exchange, received.timeline));
  if (isObject(received) && "verdict" in received && isTrial(received.trial)) return answersOf(received.trial);
  if (isExchange(received)) return [ofExchange(received, madeIn.get(received)?.timeline)];
  if (received instanceof Response) return [ofFetch(received)];
  if (received instanceof Error && "response" in received && isSuperagent(received.response))
    return [ofSuperagent(received.response)];
  if (received instanceof Error) return [ofError(received)];
  if (isSuperagent(received)) return [ofSuperagent(received)];
  throw new TypeError(
    `wanted what a client got: an exchange, a trial or a cell, a response of supertest or fetch, the error of either, or a promise of these; got ${kindOf(received)}`,
  );
}

function ofExchange({ outcome, response, took, ending }: Exchange, timeline?: readonly Note[]): Answer {
  const cut = outcome === "cut" || (response !== undefined && ending !== "whole");
  const plain = /^(own|relayed)\(|^clean$|^cut$/.test(outcome);
  return {
    ...(response && { status: response.status, relayed: response.fromOrigin }),
    field: (name) => (response?.fields ?? []).filter(([each]) => each.toLowerCase() === name).map(([, value]) => value),
    end: cut ? "cut" : response ? "whole" : "none",
    took,
    ...(!plain && { words: outcome }),
    ...(timeline && { timeline }),
  };
}

function ofFetch(response: Response): Answer {
  const { url, status, headers, body } = response;
  const took = tookOfFetch(response);
  return {
    status,
    field: (name) => [headers.get(name) ?? []].flat(),
    end: body && !response.bodyUsed ? "unread" : "whole",
    ...(took !== undefined && { took }),
    ...origin(labAt(url), [...headers.values()]),
  };
}

/** A response of superagent, with which supertest asks; `res` is the message of `node:http` below it. */
interface SuperagentResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text?: string;
  readonly res?: IncomingMessage;
  readonly request?: { readonly url?: string };
}

function ofSuperagent({ status, headers, text = "", res, request }: SuperagentResponse): Answer {
  const took = res && tookOf(res);
  const values = Object.values(headers).flatMap((value) => value ?? []);
  return {
    status,
    field: (name) => [headers[name] ?? []].flat(),
    end: res?.complete === false ? "cut" : "whole",
    ...(took !== undefined && { took }),
    ...origin(labAt(request?.url ?? ""), [...values, text]),
  };
}

function ofError(error: Error): Answer {
  const { kind, words } = failureOf(error);
  const port = portOf(error);
  const lab = (port === undefined ? undefined : labAt(port)) ?? soleLab();
  return { field: () => [], end: kind, words, ...(lab && { timeline: lab.timeline }) };
}

/** What carries a mark of ours is the backend's, whoever has passed it on; without one a lab's answer is its proxy's own. */
function origin(lab: Lab | undefined, texts: readonly string[]): Pick<Answer, "relayed" | "timeline"> {
  const marked = originIn(texts);
  const { timeline } = marked ?? lab ?? {};
  return timeline ? { relayed: marked !== undefined, timeline } : {};
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isTrial(value: unknown): value is Trial {
  return isObject(value) && Array.isArray(value.exchanges) && Array.isArray(value.timeline);
}

function isExchange(value: unknown): value is Exchange {
  return isObject(value) && typeof value.outcome === "string" && typeof value.ending === "string";
}

function isSuperagent(value: unknown): value is SuperagentResponse {
  return isObject(value) && typeof value.status === "number" && isObject(value.headers) && !("ending" in value);
}

function kindOf(value: unknown): string {
  if (!isObject(value)) return value === null ? "null" : typeof value;
  return `an object with ${Object.keys(value).slice(0, 5).join(", ") || "no keys"}`;
}
