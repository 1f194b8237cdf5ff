import { createHash, randomBytes } from "node:crypto";
import type { AccessRecord } from "./access-record.ts";
import type { FieldTemplate, Profile } from "./profile.ts";

/** What the placeholders of a text stand for. What has no value is left out of fields, and `-` elsewhere. */
export type Values = Readonly<Record<string, string | number | undefined>>;

/** What is known from the request on, beside the ids of the profile. */
export const alwaysKnown = ["time", "date", "clock", "epoch", "host", "agent", "received"] as const;

/** What is known once it answers by itself. */
export const knownOfAnswers = ["status", "reason", "word", "text"] as const;

/** What is known once the exchange has ended. */
export const knownOfRecords = [
  "client",
  "clientHost",
  "clientPort",
  "method",
  "target",
  "status",
  "upstream",
  "upstreamHost",
  "upstreamStatus",
  "sent",
  "seconds",
  "requestTime",
  "targetTime",
  "responseTime",
  "connect",
  "service",
] as const;

type ValuesOf<Name extends string> = Readonly<Record<Name, string | number | undefined>>;

const placeholder = /\{([a-zA-Z]\w*)\}/g;

export function placeholdersIn(template: string): string[] {
  return [...template.matchAll(placeholder)].map(([, name = ""]) => name);
}

/** Fills `{name}`; braces around anything else stay. */
export function fill(template: string, values: Values): string {
  return template.replace(placeholder, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name] ?? "-") : whole,
  );
}

/** The lines whose placeholders all have a value. */
export function fillFields(templates: readonly FieldTemplate[], values: Values): [string, string][] {
  return templates
    .filter(({ text }) => placeholdersIn(text).every((name) => values[name] !== undefined))
    .map(({ name, text }) => [name, fill(text, values)]);
}

const alphabets: Readonly<Record<string, string>> = {
  hex: "0123456789abcdef",
  digits: "0123456789",
  letters: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  word: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-",
};

/** The ids of one exchange: by chance, or the same for the same seed and the same exchange. */
export function idsOf({ ids }: Profile, seed: number | undefined, exchange: number): Values {
  return Object.fromEntries(
    Object.entries(ids).map(([name, pattern]) => {
      const octets =
        seed === undefined
          ? randomBytes(128)
          : createHash("shake256", { outputLength: 128 }).update(`${seed} ${exchange} ${name}`).digest();
      let at = 0;
      const id = pattern.replace(/\{(hex|digits|letters|word):(\d+)\}/g, (_, kind: string, length: string) =>
        Array.from({ length: Number(length) }, () => {
          const alphabet = alphabets[kind] ?? "";
          return alphabet[(octets[at++] ?? 0) % alphabet.length];
        }).join(""),
      );
      return [name, id];
    }),
  );
}

/** What there is to say of one exchange at any time. */
export function timeValues(now: number): ValuesOf<"time" | "date" | "clock" | "epoch"> {
  const time = new Date(now).toISOString();
  return { time, date: time.slice(0, 10), clock: time.slice(11, 19), epoch: Math.floor(now / 1000) };
}

/** What there is to say of one that has ended. Times in the units that logs have: seconds, and milliseconds for Heroku. */
export function recordValues(record: AccessRecord): ValuesOf<(typeof knownOfRecords)[number]> {
  const { at, client = "-", outcome, status, sent, took, upstreams } = record;
  const last = upstreams.at(-1);
  const { connected, head } = last ?? {};
  const seconds = (milliseconds: number | undefined) =>
    milliseconds === undefined ? "-1" : (milliseconds / 1000).toFixed(3);
  const split = client.lastIndexOf(":");
  const upstream = last?.address ?? last?.url.replace(/^\w+:\/\//, "");
  return {
    ...timeValues(at),
    client,
    clientHost: client.slice(0, split),
    clientPort: client.slice(split + 1),
    method: record.method,
    target: printable(record.target),
    status: outcome === "gone" ? undefined : status,
    upstream,
    upstreamHost: upstream?.replace(/:\d+$/, ""),
    upstreamStatus: last?.status,
    sent,
    seconds: (took / 1000).toFixed(3),
    requestTime: seconds(connected),
    targetTime: seconds(head === undefined || connected === undefined ? undefined : head - connected),
    responseTime: seconds(head === undefined ? undefined : took - head),
    connect: Math.round(connected ?? took),
    service: Math.round(connected === undefined ? 0 : took - connected),
  };
}

/** What a client sent must not end a line, nor a quoted part of it, nor steer a terminal. */
export function printable(text: string): string {
  return text.replace(
    /[^\x20-\x7e]|["\\]/g,
    (character) => `%${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}
