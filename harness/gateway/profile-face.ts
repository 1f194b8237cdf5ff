import type { IncomingMessage } from "node:http";
import { type Fields, pairsOf, valuesIn } from "../fields.ts";
import { STATUS_CODES } from "../net/node-http.ts";
import type { AccessRecord } from "./access-record.ts";
import type { Answer } from "./answer.ts";
import type { Face } from "./face.ts";
import type { Failure } from "./failure.ts";
import type { AfterHead, FieldTemplate, Profile } from "./profile.ts";
import { answerOf, occasionOf } from "./profile-answer.ts";
import { fill, fillFields, idsOf, printable, recordValues, timeValues, type Values } from "./profile-text.ts";
import { errorMember, isProxyStatus, relayMember } from "./proxy-status.ts";

/** Whose face it is, and in which exchange. */
export interface ProfileFaceOptions {
  readonly profile: Profile;
  /** In `Proxy-Status`, which no vendor sends: it tells which hop has spoken. */
  readonly name: string;
  readonly seed?: number | undefined;
  readonly exchange: number;
  /** Field lines of whoever must know its answers again. */
  readonly signature?: Fields | undefined;
}

/** What an answer of its own says, on the page and in the log. */
interface Said {
  readonly status: number;
  readonly reason: string;
  readonly word: string | undefined;
  readonly text: string | undefined;
}

/** The gateway in the shape of a managed proxy. */
export class ProfileFace implements Face {
  readonly holds: boolean;
  readonly fields: Fields;
  readonly #profile: Profile;
  readonly #name: string;
  readonly #signature: Fields;
  readonly #values: Values;
  /** What the log says of it. */
  #said: Values = {};
  #failed = false;

  constructor(request: Pick<IncomingMessage, "headers">, options: ProfileFaceOptions) {
    const { profile, name, seed, exchange, signature = [] } = options;
    this.#profile = profile;
    this.#name = name;
    this.#signature = signature;
    const { host = "-", "user-agent": agent = "-", "content-length": received = "0" } = request.headers;
    this.#values = {
      ...timeValues(Date.now()),
      ...idsOf(profile, seed, exchange),
      host: printable(host),
      agent: printable(agent),
      received: printable(received),
      word: undefined,
      text: undefined,
    };
    this.holds = [profile.stalled, profile.broken].some((after) => after?.does === "answer");
    this.fields = fillFields(profile.fields.every, this.#values);
  }

  answer(failure: Failure): Answer {
    const { status, reason, word, text } = answerOf(this.#profile, occasionOf(failure));
    // A fault of the client has the number that goes with it exactly.
    const exact = failure.status ?? status;
    const phrase = failure.status === undefined ? reason : (STATUS_CODES[failure.status] ?? reason);
    this.#failed = true;
    const said = { status: exact, reason: phrase, word, text };
    return this.#page(said, this.#profile.fields.own, [errorMember(this.#name, failure)]);
  }

  instead(incoming: IncomingMessage): Failure | Answer | undefined {
    const { replaces, wantsReason } = this.#profile;
    const { statusCode: status = 0, statusMessage: reason = "" } = incoming;
    if (wantsReason && reason === "") {
      return { cause: "http_protocol_error", details: "the status line has no reason phrase" };
    }
    if (!replaces?.statuses.includes(status)) return undefined;
    const before = valuesIn(pairsOf(incoming.rawHeaders), "proxy-status");
    const members = isProxyStatus(before) ? before : [];
    // The fields that mark an answer of its own would tell a lie here.
    const said = { status, reason: STATUS_CODES[status] ?? reason, word: undefined, text: undefined };
    return this.#page(said, [], [...members, relayMember(this.#name, status)]);
  }

  after(failure: Failure): AfterHead["does"] {
    const after = this.#after(failure);
    this.#failed = true;
    this.#said = { word: after?.word, text: after?.text, ...(after?.logged && { status: after.logged }) };
    return after?.does ?? "cut";
  }

  line(record: AccessRecord): string {
    const { log } = this.#profile;
    const values = {
      ...this.#values,
      ...recordValues(record),
      reason: STATUS_CODES[record.status ?? 0],
      ...this.#said,
    };
    if (record.outcome === "gone") {
      return fill(log.own, { ...values, status: undefined, word: undefined, text: undefined, ...log.left });
    }
    return fill(this.#failed ? log.own : log.relayed, values);
  }

  #after({ timer }: Failure): AfterHead | undefined {
    if (timer === "idle") return this.#profile.stalled;
    return timer === undefined ? this.#profile.broken : undefined;
  }

  #page(said: Said, marks: readonly FieldTemplate[], members: readonly string[]): Answer {
    const { page } = this.#profile;
    this.#said = { ...said };
    const values = { ...this.#values, ...said };
    const inBody = { ...values, word: said.word ?? said.status, text: said.text ?? said.reason };
    const body = fill(page.body, inBody);
    const lines: (readonly [string, string])[] = [
      ["Content-Type", page.type],
      ["Content-Length", String(Buffer.byteLength(body))],
      ...this.fields,
      ...fillFields(marks, values),
      ["Proxy-Status", members.join(", ")],
      ...this.#signature,
    ];
    return { status: said.status, reason: said.reason, fields: lines.flat(), body };
  }
}
