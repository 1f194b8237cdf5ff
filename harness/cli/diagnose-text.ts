import { recommendedStatus } from "../cause.ts";
import type { Layer } from "../diagnose/layer.ts";
import type { ProxySays } from "../diagnose/proxies-say.ts";
import { aligned } from "../report/aligned.ts";
import { cutOff, paragraph, visible } from "../report/lines.ts";
import type { View } from "../report/paint.ts";
import { adviceLines } from "./advice-lines.ts";
import type { Advice } from "./diagnose.ts";

const signs = {
  ok: { sign: "✓", style: "green" },
  failed: { sign: "✗", style: "red" },
  "not reached": { sign: "–", style: "dim" },
  "not needed": { sign: "·", style: "dim" },
} as const;

/** Of whom the text tells; the JSON tells of every proxy that runs here and every service that says something. */
const told = ["nginx", "haproxy", "envoy", "apache", "aws-alb", "cloudflare"];

/** How many scenarios are told in full, and how many only named. */
const mostNamed = 5;

/** A diagnosis for people: the layers, then what is wrong, what proxies make of it, and what to do. */
export function diagnosisText(advice: Advice, view: View): string {
  const { paint } = view;
  const title = `${paint("bold", visible(advice.url))}  ${paint("dim", visible(advice.asked))}`;
  return [title, layerLines(advice.layers, view), ...verdict(advice, view), ...noteLines(advice, view)].join("\n\n");
}

function layerLines(layers: readonly Layer[], { paint, width }: View): string {
  const rows = layers.flatMap(({ name, verdict, took, says, facts }) => {
    const { sign, style } = signs[verdict];
    const time = { text: took === undefined ? "" : `${took.toFixed(1)} ms`, align: "right" as const };
    const text = visible(verdict === "not reached" ? "not reached" : says);
    const style2 = verdict === "ok" ? (text: string) => text : (text: string) => paint(style, text);
    const room = width === undefined ? undefined : width - 26;
    const below = facts.map((fact) => ["", "", "", paint("dim", cutOff(visible(fact), room))]);
    return [[paint(style, sign), name, time, style2(cutOff(text, room))], ...below];
  });
  return aligned(rows);
}

function verdict(advice: Advice, view: View): string[] {
  const { findings, cause, scenarios, proxies } = advice;
  const { paint, width } = view;
  if (findings.length === 0) return [`${paint("green", "✓")} ${paint("bold", "the upstream is well")}`];
  const head =
    cause === undefined
      ? "nothing that a proxy would fail at"
      : `${cause}, for which RFC 9209 recommends ${recommendedStatus[cause]}`;
  const found = findings.map(({ layer, says }) => paragraph(`${layer}: ${visible(says)}`, 2, width));
  const [first, ...others] = scenarios;
  const named = others.slice(0, mostNamed).map(({ id }) => id);
  const shown = first
    ? [
        paragraph(`as in ${paint("bold", first.id)}: ${first.title}`, 2, width),
        paragraph(`again: badgateway run ${first.id}`, 2, width),
        ...(named.length === 0 ? [] : [paragraph(`looks the same: ${named.join(", ")}`, 2, width)]),
      ]
    : [];
  return [
    [`${paint("red", "✗")} ${paint("bold", head)}`, ...found, ...shown].join("\n"),
    ...proxyLines(proxies, view),
    ...(first ? [adviceLines(first, view)] : []),
  ];
}

function proxyLines(proxies: readonly ProxySays[], { paint, width }: View): string[] {
  const shown = told.flatMap((name) => proxies.find(({ proxy }) => proxy === name) ?? []);
  if (shown.length === 0) return [];
  const rows = shown.map(({ title, version = "", answers, log }) => [
    `  ${`${title} ${version}`.trim()}`,
    answers.join(" or "),
    visible(shortened(log[0] ?? "")),
  ]);
  const lines = aligned(rows).split("\n");
  return [[paint("bold", "what proxies make of it"), ...lines.map((line) => cutOff(line, width))].join("\n")];
}

/** nginx says behind its message whom it was about; Apache and others say it before. */
function shortened(line: string): string {
  return line.replace(/, client: .*$/, "");
}

function noteLines({ notes }: Advice, { paint, width }: View): string[] {
  if (notes.length === 0) return [];
  return [[paint("bold", "worth knowing"), ...notes.map((note) => paragraph(visible(note), 2, width))].join("\n")];
}
