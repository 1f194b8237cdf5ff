import type { Writable } from "node:stream";
import type { AccessRecord } from "../gateway/access-record.ts";
import { accessLine } from "../gateway/access-text.ts";
import type { Paint } from "../report/paint.ts";
import { Lines } from "./gateway-lines.ts";
import { terminalView } from "./terminal.ts";
import { UsageError } from "./usage.ts";

/** How each line of the log is written. */
interface Format {
  listening(facts: Listening): string;
  answered(record: AccessRecord): string;
  lost(lines: number): string;
}

interface Listening {
  readonly url: string;
  readonly upstreams: readonly string[];
}

/** The gateway's log. Disposing writes what is still to be written. */
export interface AccessLog extends Disposable {
  listening(facts: Listening): void;
  /** Unset when nobody wants to know. */
  readonly answered?: (record: AccessRecord) => void;
}

const formats: Readonly<Record<string, (paint: Paint) => Format>> = {
  text: asText,
  json: asJson,
  vendor: asVendor,
  none: asText,
};

/**
 * @param imitating the gateway has a profile, and so a format of its own
 * @throws UsageError when there is no such format
 */
export function openAccessLog(name: string, out: Writable, imitating = false): AccessLog {
  const formatIn = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (!formatIn) throw new UsageError(`--log: wanted text, json, vendor or none; got “${name}”`);
  if (name === "vendor" && !imitating)
    throw new UsageError("--log vendor: wanted together with --profile; got vendor alone");
  const format = formatIn(terminalView().paint);
  const lines = new Lines(out, format.lost);
  return {
    listening: (facts) => lines.write(format.listening(facts)),
    ...(name !== "none" && { answered: (record) => lines.write(format.answered(record)) }),
    [Symbol.dispose]: () => lines[Symbol.dispose](),
  };
}

function asText(paint: Paint): Format {
  return {
    listening: ({ url, upstreams }) =>
      `badgateway listens on ${paint("bold", url)}, in front of ${upstreams.join(", ")}`,
    answered: (record) => paintedLine(record, paint),
    lost: (lines) => `(${lines} lines are missing here: whoever reads this log is too slow)`,
  };
}

/** What is well is plain, so that the eye finds what is not. */
function paintedLine(record: AccessRecord, paint: Paint): string {
  const line = accessLine(record);
  if (record.cause === undefined) return record.outcome === "gone" ? paint("dim", line) : line;
  const client = record.cause.startsWith("http_request_");
  return line.replace(record.cause, paint(client ? "yellow" : "red", record.cause));
}

/** As it would stand in the log of whoever is imitated. */
function asVendor(paint: Paint): Format {
  return { ...asText(paint), answered: (record) => record.line ?? accessLine(record) };
}

function asJson(): Format {
  return {
    listening: (facts) => JSON.stringify({ time: new Date().toISOString(), event: "listening", ...facts }),
    answered: ({ at, ...record }) =>
      JSON.stringify({ time: new Date(at).toISOString(), event: "answered", ...record }, roundTimes),
    lost: (lines) => JSON.stringify({ time: new Date().toISOString(), event: "lost", lines }),
  };
}

/** Microseconds are as fine as the clock is worth. */
function roundTimes(_name: string, value: unknown): unknown {
  return typeof value === "number" ? Math.round(value * 1000) / 1000 : value;
}
