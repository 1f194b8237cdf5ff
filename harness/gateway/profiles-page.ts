import { isCause, recommendedStatus } from "../cause.ts";
import type { Mark } from "../dialect.ts";
import type { AfterHead, Entry, FieldTemplate, Occasion, Profile } from "./profile.ts";
import { answerOf, notOfUpstreams } from "./profile-answer.ts";

/** The profiles as a Markdown page: who answers what to which cause, how sure that is, and where it is written. */
export function profilesPage(profiles: readonly Profile[]): string {
  return [introduction(profiles), overview(profiles), ...profiles.map(section)].join("\n\n").concat("\n");
}

function introduction(profiles: readonly Profile[]): string {
  return `# Profiles of managed proxies

What ${profiles.length} proxies that cannot be run on a laptop answer when an upstream fails, as their vendors say it. Nothing of this is
measured: \`badgateway gateway --profile NAME\` and \`badgateway run --proxy profile:NAME\` imitate it, with pages in our own words
and ids made by chance.

Each entry says how sure it is, where it is from and when that was read, since vendors change these values:

- **documented**: the vendor states it
- **derived**: it follows from what the vendor states, but is not spelled out
- **unconfirmed**: from memory or at second hand; no check fails because of it, it warns

In the overview a number alone is documented, \`~\` marks what is derived, \`?\` what is unconfirmed. A cause of which a profile says
nothing is answered like its next of kin, and so at most derived.

This page is made from the profiles in \`harness/gateway/profiles/\`: \`npm run docs\`.`;
}

function overview(profiles: readonly Profile[]): string {
  const causes = Object.keys(recommendedStatus).filter(isCause);
  const rows = causes
    .filter((cause) => !notOfUpstreams.has(cause))
    .map((cause) => [
      cause,
      String(recommendedStatus[cause]),
      ...profiles.map((profile) => {
        if (profile.trusting && cause === "tls_certificate_error") return `accepted${signs[profile.trusting.mark]}`;
        const { status, mark } = answerOf(profile, cause);
        return `${status}${signs[mark]}`;
      }),
    ]);
  return `## Overview\n\n${table(["cause", "RFC 9209", ...profiles.map(({ name }) => name)], rows)}`;
}

const signs: Readonly<Record<Mark, string>> = { measured: "", documented: "", derived: " ~", unconfirmed: " ?" };

function section(profile: Profile): string {
  const { name, title, setting, sources, answers, beyond } = profile;
  const parts = [
    `## ${name}\n\n${title}${setting === undefined ? "" : `: ${setting}`}.`,
    table(
      ["cause", "answer", "word", "", "source", ""],
      (Object.keys(answers) as Occasion[]).flatMap((occasion) => answerLine(profile, occasion)),
    ),
    policies(profile),
    beyond.length > 0 &&
      `What else it answers or logs:\n\n${table(
        ["status", "why", "word", "", "source"],
        beyond.map((fact) => [fact.status, fact.what, code(fact.word), fact.mark, fact.source]),
      )}`,
    `Sources: ${Object.entries(sources)
      .map(([key, { title, url, date }]) => `*${key}* ${url === undefined ? title : `[${title}](${url})`}, ${date}`)
      .join("; ")}.`,
  ];
  return parts.filter(Boolean).join("\n\n");
}

function answerLine({ answers }: Profile, occasion: Occasion): string[][] {
  const answer = answers[occasion];
  if (!answer) return [];
  const { status, reason = "", word, mark, source, note = "" } = answer;
  return [[occasion, `${status} ${reason}`.trim(), code(word), mark, source, note]];
}

/** Everything that is no answer to a cause, one entry a line. */
function policies(profile: Profile): string {
  const { timers, allDown, trusting, stalled, broken, replaces, wantsReason, tries, headLimit, fields } = profile;
  const silence = { cut: "breaks the message off", complete: "takes it for whole", answer: "answers in its place" };
  const lines: (readonly [string, Entry | undefined])[] = [
    ...Object.entries(timers).map(([name, timer]) => [`the ${name} timer is ${timer.ms / 1000} s`, timer] as const),
    ["with every upstream marked down it routes to all of them", allDown],
    ["certificates of upstreams are not verified", trusting],
    [`when an upstream falls silent in mid-body it ${silence[stalled?.does ?? "cut"]}${said(stalled)}`, stalled],
    [`when an upstream breaks off in mid-body it ${silence[broken?.does ?? "cut"]}${said(broken)}`, broken],
    [`an upstream's own ${replaces?.statuses.join(" and ")} gets another page`, replaces],
    [`a response without a reason phrase is malformed${named(wantsReason?.word)}`, wantsReason],
    [
      `it tries ${tries?.most} times, after ${tries?.after.join(" or ")}, at ${tries?.at === "any" ? "any upstream" : "other upstreams"}`,
      tries,
    ],
    [`a response head may have ${headLimit?.octets} octets`, headLimit],
    ...fields.own.map((field) => [`answers of its own have ${line(field)}`, field] as const),
    ...fields.every.map((field) => [`every response has ${line(field)}`, field] as const),
  ];
  return lines
    .flatMap(([what, entry]) => (entry ? `- ${what} (${entry.mark}, ${entry.source})${note(entry)}` : []))
    .join("\n");
}

function note({ note }: Entry): string {
  return note === undefined ? "" : `: ${note}`;
}

function said(after: AfterHead | undefined): string {
  return named(after?.word) + (after?.logged === undefined ? "" : `, and logs as a ${after.logged}`);
}

function line({ name, text }: FieldTemplate): string {
  return code(`${name}: ${text}`);
}

function named(word: string | undefined): string {
  return word === undefined ? "" : `, which it calls ${code(word)}`;
}

function code(word: string | undefined): string {
  return word === undefined ? "" : `\`${word}\``;
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(titles), line(titles.map(() => "---")), ...rows.map(line)].join("\n");
}
