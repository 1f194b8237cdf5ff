import { type Cause, recommendedStatus } from "../../cause.ts";
import type { Dialect, DialectRow } from "../../dialect.ts";
import type { Profile } from "../../gateway/profile.ts";
import { answerOf, type ResolvedAnswer } from "../../gateway/profile-answer.ts";
import { answerRow, entryRow, ownFor } from "./dialect-row.ts";

/** Where a profile departs from the oracle, by its own data: a row by cause, and one by scenario for what has no cause. */
export function dialectOf(profile: Profile): Dialect {
  const departing = answers(profile).filter(({ cause, answer }) => answer.status !== recommendedStatus[cause]);
  return { proxyStatus: true, rows: [...rowsByCause(profile, departing), ...special(profile)] };
}

/** All that it says, also where that is what the standards recommend: to hold the vendor's own service against. */
export function documentedBy(profile: Profile): Dialect {
  return { rows: [...rowsByCause(profile, answers(profile)), ...special(profile)] };
}

function special(profile: Profile): DialectRow[] {
  return [finer, trust, failOpen, stalls, replaced, reasonPhrase].flatMap((rows) => rows(profile));
}

interface CauseAnswer {
  readonly cause: Cause;
  readonly answer: ResolvedAnswer;
}

function answers(profile: Profile): CauseAnswer[] {
  const causes = Object.keys(recommendedStatus) as Cause[];
  return causes
    .filter((cause) => !(profile.trusting && cause === "tls_certificate_error"))
    .map((cause) => ({ cause, answer: answerOf(profile, cause) }));
}

function rowsByCause(profile: Profile, told: readonly CauseAnswer[]): DialectRow[] {
  return told.map(({ cause, answer }) => answerRow(profile, { cause }, answer));
}

/** The scenario for each finer case of a cause: RFC 9209 makes no difference, and some vendors do. */
const finerCases = [
  { occasion: "tls_timeout", cause: "connection_timeout", id: "tls/stalled-handshake" },
  { occasion: "length_conflict", cause: "http_protocol_error", id: "malformed/length-conflict" },
] as const;

function finer(profile: Profile): DialectRow[] {
  return finerCases.flatMap(({ occasion, cause, id }) => {
    const answer = answerOf(profile, occasion);
    const plain = recommendedStatus[cause];
    const alike = answer.status === plain && answerOf(profile, cause).status === plain;
    return profile.answers[occasion] === undefined || alike ? [] : [answerRow(profile, { id }, answer)];
  });
}

function trust(profile: Profile): DialectRow[] {
  const { trusting } = profile;
  if (!trusting) return [];
  const what = "does not verify certificates";
  const resumed = { on: { id: "tls/wrong-host-resumed" }, answers: "clean", waives: ["client-hello"] } as const;
  return [
    entryRow(profile, { on: { cause: "tls_certificate_error" }, answers: "clean" }, what, trusting),
    // The connection is kept, so that no second handshake follows.
    entryRow(profile, resumed, what, trusting),
  ];
}

function failOpen(profile: Profile): DialectRow[] {
  const { allDown } = profile;
  if (!allDown) return [];
  const waives = ["request-lost", "request-read"];
  const cause = "connection_terminated";
  const dead = { on: { id: "pool/all-unhealthy" }, answers: ownFor(profile, cause), cause, waives } as const;
  const sick = { on: { id: "pool/sick-but-answering" }, answers: "clean", waives } as const;
  return [dead, sick].map((says) => entryRow(profile, says, "routes to upstreams that are marked down", allDown));
}

/** A body with a Content-Length that comes to a stop: who takes that for its end cannot hide it. */
function stalls(profile: Profile): DialectRow[] {
  const { stalled } = profile;
  if (stalled?.does !== "answer") return [];
  const says = { on: { id: "slow/stalled-body" }, answers: ownFor(profile, "connection_read_timeout") } as const;
  return [entryRow(profile, says, "keeps a response back until it is whole, and answers in its place", stalled)];
}

/** Where a gateway's error of the upstream's own is relayed: its origin's, or a hop's. Held against the claims by a spec. */
export const relays: readonly { readonly status: number; readonly id: string; readonly remedied?: true }[] = [
  { status: 502, id: "control/own-502" },
  { status: 503, id: "control/own-503" },
  { status: 504, id: "control/own-504" },
  { status: 503, id: "exhaustion/overloaded" },
  { status: 502, id: "chain/application-closes" },
  { status: 502, id: "chain/balancer-finds-nobody" },
  { status: 504, id: "chain/inner-gives-up-first" },
  { status: 504, id: "chain/outer-gives-up-first", remedied: true },
];

function replaced(profile: Profile): DialectRow[] {
  const { replaces } = profile;
  if (!replaces) return [];
  return relays
    .filter(({ status }) => replaces.statuses.includes(status))
    .map(({ status, id, remedied }) => {
      const says = { on: { id }, answers: `own(${status})`, ...(remedied && { remedied }) } as const;
      return entryRow(profile, says, `puts a page of its own in place of a ${status}`, replaces);
    });
}

function reasonPhrase(profile: Profile): DialectRow[] {
  const { wantsReason } = profile;
  if (!wantsReason) return [];
  const cause = "http_protocol_error";
  const says = { on: { id: "control/no-reason-phrase" }, answers: ownFor(profile, cause), cause } as const;
  return [entryRow(profile, says, "wants a reason phrase", wantsReason)];
}
