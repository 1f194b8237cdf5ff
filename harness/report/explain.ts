import { defaultTimers } from "../plan.ts";
import { label } from "../remedy.ts";
import type { Connection, Exchange, Note, Transcript, Trial } from "../trial.ts";
import { aligned } from "./aligned.ts";
import { againCommand } from "./command.ts";
import { endings } from "./endings.ts";
import type { Origin } from "./facts.ts";
import { cutOff, hanging, indent, paragraph, visible } from "./lines.ts";
import { plain, type View } from "./paint.ts";
import type { ReportCell } from "./report-cell.ts";
import { milliseconds, plural, proxyTitle, signOf } from "./words.ts";

/** More of a kind than this says nothing new. */
const mostExchanges = 8;
const mostNotes = 40;
const mostWords = 20;

/**
 * What is behind a verdict, so that it can be understood without running it again: what was wanted, what came,
 * the timeline of both ends, and the proxy's own words.
 * @param run what the command that repeats it needs to know
 */
export function explain(
  cell: ReportCell,
  view: View = { paint: plain },
  run: Origin = { timers: defaultTimers },
): string {
  const { scenario, verdict, trial } = cell;
  const { paint, width } = view;
  const title = `${label(scenario)} on ${proxyTitle([cell])}`;
  const style = verdict.kind === "fail" ? "red" : "magenta";
  return [
    hanging(`${signOf(verdict.kind, paint)} ${paint("bold", title)}`, 2, width),
    paragraph(scenario.title, 2, width),
    ...verdict.why.map((why) => paint(style, paragraph(visible(why), 2, width))),
    ...(trial ? record(trial, view) : []),
    `\n  again: ${againCommand(cell, run)}`,
  ].join("\n");
}

function record(trial: Trial, { paint, width }: View): string[] {
  const section = (title: string, body: string) => (body === "" ? [] : [`\n  ${paint("bold", title)}`, body]);
  const prose = (texts: readonly string[]) => texts.map((text) => paragraph(visible(text), 4, width)).join("\n");
  return [
    ...section("the client", prose(few(trial.exchanges.map(exchangeText), mostExchanges, "exchange"))),
    ...section("the upstreams", prose(few(trial.connections.map(connectionText), mostExchanges, "connection"))),
    ...section("both ends", timelineText(trial.timeline, width)),
    ...section(`${trial.driver} said`, prose(few(trial.said, mostWords, "line"))),
    ...section(`${trial.driver} is gone`, prose(trial.died === undefined ? [] : [trial.died])),
  ];
}

/** `GET / HTTP/1.1 (58 octets) → HTTP/1.1 502 Bad Gateway (341 octets), whole after 301 ms`. */
function exchangeText({ sent, received, ending, took }: Exchange): string {
  return `${wire(sent)} → ${wire(received)}, ${endings[ending]} after ${milliseconds(took)}`;
}

/** `upstream 1, connection 1: GET / HTTP/1.1 (58 octets) → HTTP/1.1 200 OK (160 octets)`. */
function connectionText({ who, number, received, sent }: Connection): string {
  return `${who}, connection ${number}: ${wire(received)} → ${wire(sent)}`;
}

function wire({ bytes, first }: Transcript): string {
  return bytes === 0 ? "nothing" : `${beginning(first)} (${plural(bytes, "octet")})`;
}

/** The first line of a text; the first octets of what is none, a TLS record say. */
function beginning(bytes: string): string {
  const line = bytes.split(/\r?\n/, 1)[0] ?? "";
  if (/^[\x20-\x7e]+$/.test(line)) return line.slice(0, 200);
  const octets = Buffer.from(bytes.slice(0, 12), "latin1")
    .toString("hex")
    .replaceAll(/..(?=.)/g, "$& ");
  return bytes.length > 12 ? `${octets} …` : octets;
}

export function timelineText(notes: readonly Note[], width?: number): string {
  const rows = notes.map(({ at, who, act, detail = "" }) => [
    { text: at.toFixed(1), align: "right" as const },
    visible(who),
    visible(act),
    visible(detail),
  ]);
  const head = [{ text: "ms", align: "right" as const }, "who", "act"];
  const [first = "", ...rest] = aligned([head, ...rows]).split("\n");
  const lines = [first, ...few(rest, mostNotes, "note")];
  return indent(lines.map((line) => cutOff(line, width === undefined ? undefined : width - 4)).join("\n"), 4);
}

/** The first and the last of many. */
function few(texts: readonly string[], most: number, what: string): string[] {
  if (texts.length <= most) return [...texts];
  const last = Math.floor(most / 4);
  const left = texts.length - most;
  return [...texts.slice(0, most - last), `… ${plural(left, `more ${what}`)} …`, ...texts.slice(-last)];
}
