import type { DialectRow } from "../../dialect.ts";
import type { Entry, Profile } from "../../gateway/profile.ts";
import { answerOf, type ResolvedAnswer } from "../../gateway/profile-answer.ts";

/** What a row says beside its reason and source. */
type Says = Pick<DialectRow, "on" | "answers" | "remedied" | "waives" | "cause">;

/** A row for one of the profile's entries. */
export function entryRow(profile: Profile, says: Says, what: string, { mark, source, note }: Entry): DialectRow {
  return row(profile, says, what, note, mark, profile.sources[source]);
}

/** A row for one of the profile's answers. */
export function answerRow(profile: Profile, on: DialectRow["on"], answer: ResolvedAnswer): DialectRow {
  const { status, reason, word, note, like, mark, source } = answer;
  const what = `answers ${status} ${reason}${word === undefined || word === String(status) ? "" : `, ${word}`}`;
  const notes = [note, like && `of this cause nothing is said, it is taken for ${like}`].filter(Boolean);
  return row(profile, { on, answers: own(answer) }, what, notes.join("; "), mark, source);
}

/** The outcome of an answer of its own. */
function own({ status }: ResolvedAnswer): `own(${number})` {
  return `own(${status})`;
}

/** What it answers to a malformed response, and so on, as an outcome. */
export function ownFor(profile: Profile, cause: Parameters<typeof answerOf>[1]): `own(${number})` {
  return own(answerOf(profile, cause));
}

function row(
  { title }: Profile,
  says: Says,
  what: string,
  note: string | undefined,
  mark: Entry["mark"],
  source: ResolvedAnswer["source"] | undefined,
): DialectRow {
  return {
    ...says,
    reason: `${title} ${what}${note === undefined || note === "" ? "" : `: ${note}`}.`,
    source: [source?.title, source?.url, source?.date].filter(Boolean).join(", "),
    ...(mark !== "measured" && { mark }),
    versions: "*",
  };
}
