import { isInnerList, parseList, Token } from "structured-headers";
import { type ErrorType, isCause, isErrorType, recommendedStatus } from "../cause.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Match } from "./recognise.ts";

/** Who has answered a request, hop by hop, and what went wrong there (RFC 9209 §2). */
interface Hop {
  readonly name: string;
  readonly type: ErrorType;
  readonly particulars: readonly string[];
}

/** Reads a `Proxy-Status` field, with its name before it or without; nothing when it names no error. */
export function proxyStatusIn(text: string): readonly Match[] {
  const [, named, bare] = /^\s*(?:<\s*)?(?:proxy-status:\s*(.*)|(\S+;.*\berror=.*))$/is.exec(text) ?? [];
  const value = named ?? bare;
  return value === undefined ? [] : hopsIn(value.trim()).map((hop) => matchOf(hop, text));
}

function hopsIn(value: string): Hop[] {
  try {
    return parseList(value).flatMap((member) => {
      if (isInnerList(member)) return [];
      const [item, parameters] = member;
      const error = parameters.get("error");
      const word = error instanceof Token ? error.toString() : error;
      if (typeof word !== "string" || !isErrorType(word)) return [];
      const particulars = [...parameters].filter(([key]) => key !== "error").map(([key, told]) => `${key}: ${told}`);
      return [{ name: String(item), type: word, particulars }];
    });
  } catch {
    return []; // no structured field
  }
}

function matchOf({ name, type, particulars }: Hop, text: string): Match {
  const told = particulars.length === 0 ? "" : ` It adds ${particulars.join(", ")}.`;
  const entry = {
    pattern: /proxy-status/i,
    words: `Proxy-Status: ${name}; error=${type}`,
    meaning: `${name} has answered by itself, ${whyOf(type)}${told}`,
    causes: isCause(type) ? [type] : [],
    source: "RFC 9209 §2.3",
  };
  return { knowledge: standard, entry, length: text.length, whole: true };
}

function whyOf(type: ErrorType): string {
  if (!isCause(type)) return "without asking its upstream.";
  return `since ${type} happened towards its upstream. The RFC recommends ${recommendedStatus[type]} for it.`;
}

const standard: Knowledge = { proxy: "proxy-status", title: "a Proxy-Status field", kind: "standard", entries: [] };
