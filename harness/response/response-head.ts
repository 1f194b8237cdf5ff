import { type Fields, valuesIn } from "../fields.ts";

/** How the end of a response's content is found (RFC 9112 §6.3). */
export type Framing = "none" | "length" | "chunked" | "close";

/** The head of a response as it stood on the wire. */
export interface ResponseHead {
  readonly version: string;
  readonly status: number;
  /** Field lines in their order, white space around the values taken off. */
  readonly fields: Fields;
}

/** What was asked, as far as it decides how the response must be read. */
export interface Asked {
  readonly method: string;
  /** Protocols that the client offered to switch to, in lower case. */
  readonly upgrade: readonly string[];
}

export function framingOf(head: ResponseHead, asked: Asked): Framing {
  if (asked.method === "HEAD" || head.status < 200 || head.status === 204 || head.status === 304) return "none";
  if (valuesIn(head.fields, "transfer-encoding").length > 0) return "chunked";
  return valuesIn(head.fields, "content-length").length > 0 ? "length" : "close";
}
