import type { Reproduction } from "../diagnose/explain.ts";
import { hanging, paragraph, visible } from "../report/lines.ts";
import type { View } from "../report/paint.ts";

/** What to look at, and what helps: the end of a diagnosis and of an explanation. */
export function adviceLines({ checks, remedy }: Reproduction, { paint, width }: View): string {
  const items = checks.map((check) => {
    const [mark, text] = isCommand(check) ? ["$", check] : ["·", check];
    return `  ${hanging(`${paint("dim", mark)} ${visible(text)}`, 4, width)}`;
  });
  return [paint("bold", "what to check"), ...items, "", paint("bold", "what helps"), paragraph(remedy, 2, width)].join(
    "\n",
  );
}

/** The others are things to see: `nginx error log: …`. */
function isCommand(check: string): boolean {
  return !/^(?:[A-Z]|[\w'’ ]+(?:log|error|access log)?[\w ]*: )/.test(check);
}
