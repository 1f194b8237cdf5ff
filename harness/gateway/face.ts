import type { IncomingMessage } from "node:http";
import type { Fields } from "../fields.ts";
import type { AccessRecord } from "./access-record.ts";
import { type Answer, answerFor } from "./answer.ts";
import type { Failure } from "./failure.ts";

/** How the gateway shows itself in one exchange: what it says itself, and what it adds to what it relays. */
export interface Face {
  /** The whole response to a failure that comes before a response is relayed. */
  answer(failure: Failure): Answer;
  /** Field lines for a response that is relayed; they take the place of the upstream's of the same names, `Via` aside. */
  readonly fields: Fields;
  /** What the client gets in place of a response that could be relayed: a failure to answer, or another page. */
  instead(incoming: IncomingMessage): Failure | Answer | undefined;
  /** Keep a response back until it is whole, where its length is known: it may have to be answered in its place. */
  readonly holds: boolean;
  /** What becomes of a response that cannot be brought to its end. */
  after(failure: Failure): "cut" | "complete" | "answer";
  /** The line that is logged, where the gateway has a format of its own. */
  line?(record: AccessRecord): string;
}

/** The gateway as itself: every cause as RFC 9209 recommends, everything else as it came. */
export function plainFace(name: string, accept: string | undefined, signature: Fields = []): Face {
  return {
    answer: (failure) => answerFor(failure, name, accept, signature),
    fields: [],
    instead: () => undefined,
    holds: false,
    after: () => "cut",
  };
}
