import { z } from "zod";
import { messageOf } from "../net/message-of.ts";
import type { NamedScenario } from "../scenario.ts";
import { choiceOf } from "../service/choice.ts";
import { trialField, trialsPath } from "../service/selection.ts";
import type { TrialRecord } from "../service/trials.ts";
import type { Trial } from "../trial.ts";

/** Why a backend that is somewhere else cannot play a scenario for a request; nothing when it can. */
export function whyNotByPath(scenario: NamedScenario): string | undefined {
  if (scenario.upstreams.some(({ needs }) => needs))
    return "its fault waits for what the client is told, which is not heard of at the backend (check with --listen)";
  const choice = choiceOf(scenario);
  if (choice === undefined) return "it takes more than the one backend that stands behind the proxy";
  if (choice !== "request") return "its fault comes before a request could choose it (check with --listen)";
  if (scenario.asks?.some(({ after }) => after !== undefined))
    return "it asks when the backend has done something, which is not heard of from here (check with --listen)";
  return undefined;
}

/** A scenario as it is put to a backend behind a proxy: the path names the fault, a field the trial. */
export function putByPath(scenario: NamedScenario, trial: string): NamedScenario {
  return {
    ...scenario,
    upstreams: [],
    asks: (scenario.asks ?? [{}]).map(({ fields, path = "/", ...ask }) => ({
      ...ask,
      path: `/${scenario.id}${path === "/" ? "" : path}`,
      fields: { ...fields, [trialField]: trial },
    })),
  };
}

/** What has to be there of a record; the rest is taken as it was written. */
const shape = z.looseObject({
  format: z.literal(1),
  scenario: z.string(),
  timeline: z.array(z.looseObject({ at: z.number(), who: z.string(), act: z.string() })),
  connections: z.array(z.looseObject({ received: z.looseObject({ first: z.string() }) })),
});

/** Milliseconds for a record: the backend may wait for the end of a process that it is about. */
const patience = 12_000;

/** What the backend has to say of a trial, asked through the proxy until it is broken off; why there is none, otherwise. */
export async function recordThrough(url: URL, trial: string, signal: AbortSignal): Promise<TrialRecord | string> {
  const where = new URL(`${url.pathname.replace(/\/+$/, "")}${trialsPath}/${trial}`, url);
  try {
    const response = await fetch(where, { signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]) });
    if (response.status !== 200) return `${where.pathname} gave ${response.status}`;
    const value: unknown = await response.json();
    return shape.safeParse(value).success ? (value as TrialRecord) : `${where.pathname} gave no record of a trial`;
  } catch (error) {
    return `${where.pathname} could not be had: ${messageOf(error)}`;
  }
}

/** A trial with both ends. The backend's clock is another one: its first act is put where the first request begins. */
export function withBackend(trial: Trial, { timeline, connections }: TrialRecord): Trial {
  const shift = (trial.exchanges[0]?.at ?? 0) - (timeline[0]?.at ?? 0);
  const theirs = timeline.map((note) => ({ ...note, at: Math.round((note.at + shift) * 10) / 10 }));
  return { ...trial, connections, timeline: [...trial.timeline, ...theirs].sort((a, b) => a.at - b.at) };
}
