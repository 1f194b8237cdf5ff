import type { Profile } from "./profile.ts";
import { alwaysKnown, knownOfAnswers, knownOfRecords, placeholdersIn } from "./profile-text.ts";

/** Placeholders for which nothing is known in their place: a line with one would never be sent, or say `{rayy}`. */
export function strangePlaceholders({ fields, page, ids, log }: Profile): string[] {
  const ever = [...alwaysKnown, ...Object.keys(ids)];
  const answering = [...ever, ...knownOfAnswers];
  return [
    ...fields.every.flatMap(({ text }, index) => strange(`fields.every.${index}.text`, text, ever)),
    ...fields.own.flatMap(({ text }, index) => strange(`fields.own.${index}.text`, text, answering)),
    ...strange("page.body", page.body, answering),
    ...(["own", "relayed"] as const).flatMap((key) =>
      strange(`log.${key}`, log[key], [...answering, ...knownOfRecords]),
    ),
  ];
}

function strange(path: string, text: string, known: readonly string[]): string[] {
  const names = placeholdersIn(text).filter((name) => !known.includes(name));
  return names.map((name) => `${path}: nothing is known of {${name}} here (known: ${known.join(", ")})`);
}
