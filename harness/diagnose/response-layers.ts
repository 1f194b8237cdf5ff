import type { Cause } from "../cause.ts";
import { valuesIn, wordsIn } from "../fields.ts";
import type { Course } from "./course.ts";
import { layerOf, wrongWith } from "./exchange-findings.ts";
import { type Finding, type Layer, type LayerName, layerNames } from "./layer.ts";
import type { Question } from "./options.ts";
import { octetsBehind, unaskedOctets } from "./unasked.ts";

/** What one exchange says about three layers, and what is wrong. */
export interface Response {
  readonly layers: readonly Layer[];
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
}

/**
 * Takes an exchange apart: the request as it went out, the head, and the body.
 * @param behind what was found when it was over
 */
export function responseLayers(course: Course, question: Question, behind: readonly Finding[]): Response {
  const wrong = wrongWith(course);
  const at = layerOf(course);
  const found = [...(wrong ? [{ layer: at, ...wrong }] : []), ...behind, ...relayed(course, question)];
  const findings = found.toSorted((a, b) => layerNames.indexOf(a.layer) - layerNames.indexOf(b.layer));
  const build = { request: requestLayer, head: headLayer, body: bodyLayer } as const;
  const order = ["request", "head", "body"] as const;
  const layers = order.map((name): Layer => {
    const failed = findings.find(({ layer }) => layer === name);
    const passed = wrong === undefined || layerNames.indexOf(name) <= layerNames.indexOf(at);
    if (!passed) return notReached(name);
    const layer = build[name](course, question);
    return failed ? { ...layer, verdict: "failed", says: failed.says } : layer;
  });
  return { layers, findings, notes: notes(course) };
}

export function notReached(name: LayerName): Layer {
  return { name, verdict: "not reached", says: "", facts: [] };
}

function requestLayer({ written, head }: Course, { method, body }: Question): Layer {
  const what = `${method}${body === undefined ? "" : ` with ${body} octets`}`;
  const early = written === undefined && head !== undefined ? ", answered before it was whole" : "";
  return {
    name: "request",
    verdict: "ok",
    ...(written !== undefined && { took: written }),
    says: `${what} sent${early}`,
    facts: [],
  };
}

function headLayer(course: Course): Layer {
  const { head, headAt, interim, beginning } = course;
  if (!head) {
    const came = beginning === "" ? [] : [`came: ${JSON.stringify(beginning.slice(0, 80))}`];
    return { name: "head", verdict: "failed", took: course.took, says: "", facts: came };
  }
  const says = `HTTP/1.${head.minor} ${`${head.status} ${head.reason}`.trim()}`;
  const before = interim.length > 0 ? [`before it: ${interim.slice(0, 5).join(", ")}`] : [];
  const fields = head.fields.slice(0, 12).map(([name, value]) => `${name}: ${value}`.slice(0, 120));
  return { name: "head", verdict: "ok", took: headAt ?? course.took, says, facts: [...before, ...fields] };
}

function bodyLayer(course: Course): Layer {
  const { bodyBytes, took, headAt = 0 } = course;
  const soFar = course.end.by === "enough" ? " so far" : "";
  const says = `${bodyBytes} octets${soFar}, ${framingWords(course)}`;
  return { name: "body", verdict: "ok", took: Math.round((took - headAt) * 10) / 10, says, facts: [] };
}

function framingWords({ framing, end }: Course): string {
  switch (framing?.by) {
    case "head":
      return "none by the rules of the status and method";
    case "length":
      return `Content-Length ${framing.length}${end.by === "whole" ? ", all of it" : ""}`;
    case "chunks":
      return `chunked${end.by === "whole" ? ", with its last chunk" : ""}`;
    case "close":
      return "ended by the close of the connection";
    case "frames":
      return "of WebSocket messages, closed in good order";
    default:
      return "in another protocol";
  }
}

/** Beyond this many field lines there are proxies that refuse a response as it comes to them. */
const mostFields = 100;

/** What a proxy passes on as it is, and a person still wants to know. */
function relayed({ head, early, extra, content, end, framing, unasked }: Course, question: Question): Finding[] {
  if (!head || end.by === "broken") return [];
  const findings: Finding[] = [];
  const { status } = head;
  const found = (layer: LayerName, sign: Finding["sign"], says: string, cause?: Cause) =>
    findings.push({ layer, sign, says, ...(cause && { cause }) });
  if (early > 0) {
    const says = `${early} octets of a response came before anything was asked`;
    found("request", "answers-unasked", says, "http_protocol_error");
  }
  if (status >= 500) found("head", "own-error", `the upstream itself answers ${status}: every proxy relays that`);
  if (status === 421) found("head", "misdirected", "the upstream does not know itself by this name (421)");
  if (status === 400 && /plain HTTP request/i.test(content)) {
    found("head", "plain-request-to-tls", "the upstream says that this is a port for TLS: https:// is meant");
  }
  if (status === 413) found("head", "upload-refused", "the upstream refuses the content (413)");
  if (question.upgrade && status !== 101)
    found("head", "upgrade-refused", `the upstream does not switch to WebSocket, it answers ${status}`);
  if (question.upgrade && status === 101 && framing?.by !== "frames") {
    found("head", "upgrade-wrong-accept", "the Sec-WebSocket-Accept of the upstream does not fit our key");
  }
  if (head.fields.length > mostFields) {
    const says = `${head.fields.length} field lines: Envoy takes 100 unless told, HAProxy 101`;
    found("head", "too-many-fields", says, "http_response_header_section_size");
  }
  if (extra > 0) findings.push({ layer: "body", ...octetsBehind(extra) });
  if (unasked > 0) findings.push({ layer: "body", ...unaskedOctets(unasked) });
  if (wordsIn(head.fields, "content-encoding").includes("gzip") && content !== "" && !content.startsWith("\x1f\x8b")) {
    found("body", "content-coding-broken", "the content is called gzip and is none");
  }
  return findings;
}

function notes({ head, framing, end, took }: Course): string[] {
  if (end.by === "enough") {
    return [
      `the body was still coming after ${Math.round(took / 1000)} s: a stream, or a large file; a proxy with a limit for the whole exchange breaks it off (slow/endless-body)`,
    ];
  }
  if (!head || end.by !== "whole") return [];
  const timeout = /timeout=(\d+)/.exec(valuesIn(head.fields, "keep-alive").join(","))?.[1];
  return [
    ...(framing?.by === "close"
      ? [
          "only the close tells where the body ends: a crash in its middle looks the same, and no proxy can notice (crash/close-delimited-fin)",
        ]
      : []),
    ...(timeout === undefined
      ? []
      : [`the upstream closes idle connections after ${timeout} s: a proxy in front must let go of them sooner`]),
  ];
}
