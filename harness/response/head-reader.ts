import { Mishap } from "../mishap.ts";
import { checkHead, readFieldLine, readStartLine } from "./head-rules.ts";
import type { Asked, ResponseHead } from "./response-head.ts";

/** Interim responses before a final one. More is a flood: no client waits for its hundredth hint. */
const interimLimit = 100;

const versionPrefix = "HTTP/1.";

/**
 * Reads the heads of one exchange, interim ones and the final one, from raw bytes, line by line and ahead of Node's
 * parser. A line is judged as soon as it is whole, and the first line as soon as it cannot be HTTP any more: a peer
 * that speaks another protocol often says one line and waits.
 */
export class HeadReader {
  /** The final head, or a 101, once it is whole. */
  head: ResponseHead | undefined;
  readonly #asked: Asked;
  readonly #limit: number;
  #line = "";
  #size = 0;
  #interim = 0;
  #start: Pick<ResponseHead, "version" | "status"> | undefined;
  #fields: [string, string][] = [];

  constructor(asked: Asked, limit: number) {
    this.#asked = asked;
    this.#limit = limit;
  }

  /** @throws Mishap with the rule that the bytes break */
  push(chunk: Buffer): void {
    let from = 0;
    while (this.head === undefined && from < chunk.length) {
      const lf = chunk.indexOf(0x0a, from);
      const to = lf === -1 ? chunk.length : lf + 1;
      this.#line += chunk.toString("latin1", from, to);
      this.#count(to - from);
      from = to;
      if (lf === -1) this.#checkBegun();
      else this.#takeLine();
    }
  }

  #count(octets: number): void {
    this.#size += octets;
    if (this.#size <= this.#limit) return;
    // One line that takes most of the room is to blame alone; otherwise it is all of them together.
    const [name] = this.#line.split(":", 1);
    if (name && this.#start && this.#line.length > this.#limit / 2) {
      const params = { "header-name": name, "header-size": this.#line.length };
      throw new Mishap({ cause: "http_response_header_size", params, details: this.#tooLarge("a field line") });
    }
    const params = { "header-section-size": this.#size };
    throw new Mishap({ cause: "http_response_header_section_size", params, details: this.#tooLarge("the head") });
  }

  #tooLarge(what: string): string {
    return `${what} of the response exceeds the limit of ${this.#limit} octets`;
  }

  #checkBegun(): void {
    const begun = this.#line.slice(0, versionPrefix.length);
    if (this.#start === undefined && !versionPrefix.startsWith(begun)) readStartLine(this.#line);
  }

  #takeLine(): void {
    if (!this.#line.endsWith("\r\n")) {
      this.#checkBegun();
      throw new Mishap({ cause: "http_protocol_error", details: "a line ends with LF alone (RFC 9112 §2.2)" });
    }
    const line = this.#line.slice(0, -2);
    this.#line = "";
    if (this.#start === undefined) this.#start = readStartLine(line);
    else if (line !== "") this.#fields.push(readFieldLine(line));
    else this.#takeHead({ ...this.#start, fields: this.#fields });
  }

  #takeHead(head: ResponseHead): void {
    checkHead(head, this.#asked);
    if (head.status >= 200 || head.status === 101) {
      this.head = head;
      return;
    }
    this.#interim += 1;
    if (this.#interim > interimLimit) {
      throw new Mishap({ cause: "http_protocol_error", details: `more than ${interimLimit} interim responses` });
    }
    this.#size = 0;
    this.#start = undefined;
    this.#fields = [];
  }
}
