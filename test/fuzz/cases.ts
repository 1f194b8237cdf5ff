import fc from "fast-check";
import { describedBody } from "../../harness/body.ts";

/** What an upstream sends in answer to one request, in which pieces, and how it ends. */
export interface Case {
  readonly method: "GET" | "HEAD" | "POST";
  /** latin1 */
  readonly bytes: string;
  /** Offsets at which the bytes are cut into pieces that arrive one after the other. */
  readonly cuts: readonly number[];
  readonly end: "fin" | "rst" | "silence";
}

export const nonce = "f00dfeed";

const anyText = (maxLength: number) =>
  fc.uint8Array({ maxLength }).map((bytes) => Buffer.from(bytes).toString("latin1"));

const lineEnd = fc.oneof(
  { weight: 12, arbitrary: fc.constant("\r\n") },
  fc.constantFrom("\n", "\r", "\r\n ", "\r\r\n"),
);

const statusLine = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom("HTTP/1.1 200 OK", "HTTP/1.0 200 OK", "HTTP/1.1 502 Bad", "HTTP/1.1 200 ") },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...["HTTP/1.1 204 No", "HTTP/1.1 304 Not", "HTTP/1.1 101 Switch", "HTTP/1.1 100 Go", "HTTP/1.1 103 Hints"],
      ...[
        "HTTP/1.1 99 Low",
        "HTTP/1.1 000 Nil",
        "HTTP/1.1 1000 High",
        "HTTP/1.1 600 Odd",
        "HTTP/1.1 abc No",
        "HTTP/1.1",
      ],
      ...[
        "HTTP/2.0 200 OK",
        "HTTP/9.9 200 OK",
        "http/1.1 200 OK",
        "ICY 200 OK",
        " HTTP/1.1 200 OK",
        "HTTP/1.1\t200\tOK",
      ],
    ),
  },
  anyText(30),
);

const field = fc.oneof(
  { weight: 4, arbitrary: fc.constant(`X-Origin: ${nonce}`) },
  { weight: 3, arbitrary: fc.nat(200).map((length) => `Content-Length: ${length}`) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...[
        "Content-Length: -1",
        "Content-Length: 5, 5",
        "Content-Length: +5",
        "Content-Length: 0x5",
        "Content-Length : 5",
      ],
      ...["Transfer-Encoding: chunked", "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: chunked, chunked"],
      ...["Transfer-Encoding: foo", "Transfer-Encoding:\vchunked", "Connection: close", "Connection: X-Origin, foo"],
      ...[
        "Upgrade: websocket",
        "Trailer: X-T",
        "X: a\rb",
        "X: a\0b",
        "X: a\x01b",
        "X:\r\n folded",
        "no colon",
        ": empty",
      ],
    ),
  },
  { weight: 2, arbitrary: anyText(40) },
);

const chunked = (body: string, size: string) => `${size}\r\n${body}\r\n0\r\n\r\n`;

const body = fc.oneof(
  fc.constant(""),
  fc.integer({ min: 30, max: 200 }).map((length) => describedBody(nonce, length).toString("latin1")),
  fc
    .integer({ min: 30, max: 200 })
    .map((length) => chunked(describedBody(nonce, length).toString("latin1"), length.toString(16))),
  fc.constantFrom("zz", "ffffffffffffffffff", "-1", '5;x="', "").map((size) => chunked("hello", size)),
  anyText(100),
);

const second = fc.constantFrom("", "", "", `HTTP/1.1 200 OK\r\nX-Second: 1\r\nContent-Length: 0\r\n\r\n`, "\r\n", "\0");

const message = fc
  .tuple(statusLine, fc.array(fc.tuple(field, lineEnd), { maxLength: 6 }), lineEnd, lineEnd, body, second)
  .map(([line, fields, afterLine, empty, content, extra]) =>
    [line, afterLine, ...fields.flat(), empty, content, extra].join(""),
  );

/** A message of which only the body can be wrong: so that many cases come further than the head. */
const soundHead = fc.tuple(fc.nat(200), fc.boolean(), body, second).map(([length, byLength, content, extra]) => {
  const framing = byLength ? `Content-Length: ${length}` : "Transfer-Encoding: chunked";
  return `HTTP/1.1 200 OK\r\nX-Origin: ${nonce}\r\n${framing}\r\n\r\n${content}${extra}`;
});

export const aCase: fc.Arbitrary<Case> = fc
  .tuple(
    fc.constantFrom<Case["method"]>("GET", "GET", "GET", "HEAD", "POST"),
    fc.oneof({ weight: 5, arbitrary: message }, { weight: 5, arbitrary: soundHead }, anyText(300)),
    fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, fc.double({ min: 0, max: 1, noNaN: true })),
    fc.array(fc.nat(400), { maxLength: 3 }),
    fc.constantFrom<Case["end"]>("fin", "fin", "rst", "silence"),
  )
  .map(([method, bytes, share, cuts, end]) => ({
    method,
    bytes: bytes.slice(0, Math.ceil(bytes.length * share)),
    cuts: cuts.toSorted((a, b) => a - b),
    end,
  }));
