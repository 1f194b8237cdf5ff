import type { Cause } from "../cause.ts";
import { valuesIn, withoutBlanks, wordsIn } from "../fields.ts";
import { type Failure, Mishap } from "../mishap.ts";
import { type Asked, framingOf, type ResponseHead } from "./response-head.ts";

/** What a line or a head must not be. Node's parser lets several of these pass, so they are checked before it. */
interface Rule<Subject> {
  readonly says: string;
  readonly spec: string;
  readonly cause?: Cause;
  readonly finer?: Failure["finer"];
  readonly broken: (subject: Subject) => boolean;
}

const startLine = /^HTTP\/(1\.[01]) (\d{3})(?: ([\t\x20-\x7e\x80-\xff]*))?$/;
/** The blanks around the value are taken off afterwards: matched here, a line of many would be gone through for each. */
const fieldLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):([\t\x20-\x7e\x80-\xff]*)$/;

const startLineRules: readonly Rule<string>[] = [
  {
    says: "the response begins with an empty line",
    spec: "RFC 9112 §2.2",
    broken: (line) => line === "",
  },
  {
    says: "the response is not HTTP",
    spec: "RFC 9112 §4",
    broken: (line) => !line.startsWith("HTTP/"),
  },
  {
    says: "the response is of an unknown HTTP version",
    spec: "RFC 9112 §2.3",
    broken: (line) => !/^HTTP\/1\.[01](?: |$)/.test(line),
  },
  {
    says: "the status line has no three-digit status code",
    spec: "RFC 9112 §4",
    broken: (line) => !/^HTTP\/1\.[01] \d{3}(?: |$)/.test(line),
  },
  {
    says: "the status code is outside 100 to 599",
    spec: "RFC 9110 §15",
    broken: (line) => !/^[1-5]/.test(line.slice("HTTP/1.1 ".length)),
  },
  {
    says: "the reason phrase holds a control character",
    spec: "RFC 9112 §4",
    broken: (line) => !startLine.test(line),
  },
];

const fieldLineRules: readonly Rule<string>[] = [
  {
    says: "a field line begins with white space",
    spec: "RFC 9112 §5.2",
    broken: (line) => /^[\t ]/.test(line),
  },
  {
    says: "a field line has no colon",
    spec: "RFC 9112 §5",
    broken: (line) => !line.includes(":"),
  },
  {
    says: "white space stands before the colon of a field line",
    spec: "RFC 9112 §5.1",
    broken: (line) => /^[^:]*[\t ]:/.test(line),
  },
  {
    says: "a field name is not a token",
    spec: "RFC 9110 §5.1",
    broken: (line) => !/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+:/.test(line),
  },
  {
    says: "a field value holds a control character",
    spec: "RFC 9110 §5.5",
    broken: (line) => !fieldLine.test(line),
  },
];

/** What decides how a head must be read, worked out once. */
interface Framed {
  readonly head: ResponseHead;
  readonly lengths: readonly string[];
  readonly codings: readonly string[];
  /** The coding counts: the response may have content. */
  readonly coded: boolean;
  /** Protocols that were offered, and those that the upstream has chosen, in lower case. */
  readonly offered: readonly string[];
  readonly chosen: readonly string[];
}

const headRules: readonly Rule<Framed>[] = [
  {
    says: "the Content-Length fields differ",
    spec: "RFC 9112 §6.3 (5)",
    finer: "length_conflict",
    broken: ({ head }) => new Set(wordsIn(head.fields, "content-length")).size > 1,
  },
  {
    says: "Content-Length is no single decimal number",
    spec: "RFC 9112 §6.3 (5)",
    broken: ({ lengths }) => lengths.length > 1 || lengths.some((length) => !/^\d+$/.test(length)),
  },
  {
    says: "Content-Length is too large a number",
    spec: "RFC 9110 §8.6",
    broken: ({ lengths }) => lengths.some((length) => !Number.isSafeInteger(Number(length))),
  },
  {
    says: "both Content-Length and Transfer-Encoding are given",
    spec: "RFC 9112 §6.3 (3)",
    broken: ({ coded, lengths }) => coded && lengths.length > 0,
  },
  {
    says: "an HTTP/1.0 response has a transfer coding",
    spec: "RFC 9112 §6.1",
    cause: "http_response_transfer_coding",
    broken: ({ coded, head }) => coded && head.version === "1.0",
  },
  {
    says: "the transfer coding is not chunked alone",
    spec: "RFC 9112 §6.3 (4)",
    cause: "http_response_transfer_coding",
    broken: ({ coded, codings }) => coded && codings.join(",").toLowerCase() !== "chunked",
  },
  {
    says: "the upstream switched protocols though nobody asked for it",
    spec: "RFC 9110 §7.8",
    broken: ({ head, offered, chosen }) =>
      head.status === 101 && (chosen.length === 0 || chosen.some((protocol) => !offered.includes(protocol))),
  },
];

function demand<Subject>(rules: readonly Rule<Subject>[], subject: Subject): void {
  const broken = rules.find((rule) => rule.broken(subject));
  if (!broken) return;
  const { cause = "http_protocol_error", finer, says, spec } = broken;
  throw new Mishap({ cause, details: `${says} (${spec})`, ...(finer && { finer }) });
}

/** @throws Mishap when the line is no status line */
export function readStartLine(line: string): Pick<ResponseHead, "version" | "status"> {
  const [whole, version = "", status] = startLine.exec(line) ?? [];
  if (whole === undefined || !/^[1-5]/.test(status ?? "")) demand(startLineRules, line);
  return { version, status: Number(status) };
}

/** @throws Mishap when the line is no field line */
export function readFieldLine(line: string): [name: string, value: string] {
  const [whole, name = "", value = ""] = fieldLine.exec(line) ?? [];
  if (whole === undefined) demand(fieldLineRules, line);
  return [name, withoutBlanks(value)];
}

/** @throws Mishap when the lines are right but do not agree with each other, or with the request */
export function checkHead(head: ResponseHead, asked: Asked): void {
  const codings = valuesIn(head.fields, "transfer-encoding");
  demand(headRules, {
    head,
    lengths: valuesIn(head.fields, "content-length"),
    codings,
    coded: codings.length > 0 && framingOf(head, asked) === "chunked",
    offered: asked.upgrade,
    chosen: head.status === 101 ? valuesIn(head.fields, "upgrade").map((protocol) => protocol.toLowerCase()) : [],
  });
}
