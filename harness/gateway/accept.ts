/** Forms of an answer, the preferred one first. */
const forms = ["text/html", "application/json", "text/plain"] as const;

export type Form = (typeof forms)[number];

/** Which form the client would rather have (RFC 9110 §12.5.1). Refusing to answer over a form would help nobody. */
export function formFor(accept: string | undefined): Form {
  if (accept === undefined) return "text/plain";
  const ranges = accept.split(",").map(parseRange);
  const weight = (form: Form) => {
    const matching = ranges.filter(
      ({ range }) => range === form || range === "*/*" || range === `${form.split("/")[0]}/*`,
    );
    return matching.sort((a, b) => specificity(b.range) - specificity(a.range))[0]?.weight ?? 0;
  };
  // Whoever accepts just anything is no browser.
  if (ranges.every(({ range }) => range === "*/*")) return "text/plain";
  return forms.reduce((best, form) => (weight(form) > weight(best) ? form : best));
}

function parseRange(text: string): { range: string; weight: number } {
  const [range = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const weight = Number(parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? 1);
  return { range, weight: Number.isNaN(weight) ? 0 : weight };
}

function specificity(range: string): number {
  if (range === "*/*") return 0;
  return range.endsWith("/*") ? 1 : 2;
}
