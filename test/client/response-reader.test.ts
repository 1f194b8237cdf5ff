import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ResponseReader } from "../../harness/response-reader.ts";

/** What a reader makes of these pieces, and of the FIN behind them when `fin`. */
function read(pieces: readonly string[], { method = "GET", fin = false } = {}) {
  const content: string[] = [];
  const reader = new ResponseReader(method, {
    interim: () => {},
    head: () => {},
    content: (piece) => content.push(piece.toString("latin1")),
  });
  for (const piece of pieces) reader.push(Buffer.from(piece, "latin1"));
  if (fin) reader.end();
  const { whole, malformed, interim, extra, reusable, begun, head } = reader;
  return { status: head?.status, whole, malformed, interim, extra, reusable, begun, content: content.join(""), head };
}

const ok = "HTTP/1.1 200 OK\r\n";
const chunked = `${ok}Transfer-Encoding: chunked\r\n\r\n`;

describe("the end of a message", () => {
  test.each<[string, string, object]>([
    ["by length", `${ok}Content-Length: 5\r\n\r\nhello`, { whole: true, content: "hello", reusable: true }],
    ["by length, short", `${ok}Content-Length: 6\r\n\r\nhello`, { whole: false, content: "hello", reusable: false }],
    [
      "by length, over",
      `${ok}Content-Length: 4\r\n\r\nhello`,
      { whole: true, content: "hell", extra: 1, reusable: false },
    ],
    ["by length zero", `${ok}Content-Length: 0\r\n\r\n`, { whole: true, content: "" }],
    [
      "by the same length twice",
      `${ok}Content-Length: 2, 2\r\nContent-Length: 2\r\n\r\nhi`,
      { whole: true, content: "hi" },
    ],
    ["by two lengths", `${ok}Content-Length: 2\r\nContent-Length: 3\r\n\r\nhi`, { malformed: "Content-Length: 2, 3" }],
    ["by no number", `${ok}Content-Length: +2\r\n\r\nhi`, { malformed: "Content-Length: +2" }],
    ["by chunks", `${chunked}2\r\nhe\r\n003\r\nllo\r\n0\r\n\r\n`, { whole: true, content: "hello", reusable: true }],
    ["by chunks, bare line feeds", `${chunked}5\nhello\n0\n\n`, { whole: true, content: "hello" }],
    [
      "by chunks, extended and padded",
      `${chunked}5  ;a="b"\r\nhello\r\n0;x\r\n\r\n`,
      { whole: true, content: "hello" },
    ],
    ["by chunks, trailers", `${chunked}1\r\na\r\n0\r\nA: b\r\nC: d\r\n\r\n`, { whole: true, content: "a", extra: 0 }],
    ["by chunks, no last one", `${chunked}5\r\nhello\r\n`, { whole: false, malformed: undefined, content: "hello" }],
    ["by chunks, trailers open", `${chunked}0\r\nA: b\r\n`, { whole: false, malformed: undefined }],
    ["by chunks, over", `${chunked}0\r\n\r\nHTTP/1.1 200`, { whole: true, extra: 12, reusable: false }],
    [
      "by chunks rather than length",
      `${ok}Content-Length: 1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
      { whole: true },
    ],
    [
      "by close under another coding",
      `${ok}Content-Length: 1\r\nTransfer-Encoding: gzip\r\n\r\nab`,
      { whole: false, content: "ab" },
    ],
    ["by close", `${ok}\r\nhello`, { whole: false, content: "hello" }],
    ["204", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", { whole: true, reusable: true }],
    ["304, with content", "HTTP/1.1 304 Not Modified\r\n\r\nhello", { whole: true, extra: 5 }],
    [
      "100 then 103 then 200",
      `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 E\r\nA: b\r\n\r\n${ok}Content-Length: 0\r\n\r\n`,
      { interim: [100, 103], status: 200, whole: true },
    ],
    [
      "101",
      "HTTP/1.1 101 Switching Protocols\r\n\r\nframes",
      { status: 101, whole: true, extra: 0, reusable: false, interim: [] },
    ],
    ["close asked for", `${ok}Connection: foo, Close\r\nContent-Length: 0\r\n\r\n`, { whole: true, reusable: false }],
    ["HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", { whole: true, reusable: false }],
    [
      "HTTP/1.0 kept",
      "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n",
      { whole: true, reusable: true },
    ],
  ])("%s", (_, text, expected) => {
    const wholesale = read([text]);
    expect(wholesale).toMatchObject(expected);
    expect(read([...text])).toEqual(wholesale);
  });

  test("HEAD has no body, whatever its fields say", () => {
    expect(read([`${ok}Content-Length: 5\r\n\r\n`], { method: "HEAD" })).toMatchObject({ whole: true, reusable: true });
    expect(read([chunked], { method: "HEAD" })).toMatchObject({ whole: true });
  });

  test("FIN ends what has no other end, and nothing else", () => {
    expect(read([`${ok}\r\nhello`], { fin: true })).toMatchObject({ whole: true, content: "hello", reusable: false });
    expect(read([`${ok}Content-Length: 6\r\n\r\nhello`], { fin: true }).whole).toBe(false);
    expect(read([`${chunked}5\r\nhello\r\n0\r\n`], { fin: true }).whole).toBe(false);
    expect(read([ok], { fin: true }).whole).toBe(false);
  });
});

describe("what cannot be", () => {
  test.each([
    "x\r\n",
    "\r\n",
    ";\r\n",
    "-1\r\n",
    "0x5\r\n",
    " 5\r\n",
    "5 5\r\n",
    "ffffffffffffff\r\n",
    "5\r\nhelloX",
    "5\r\nhello\rX",
  ])("chunk %j is malformed at once", (chunk) => {
    expect(read([chunked, chunk])).toMatchObject({
      whole: false,
      malformed: expect.stringMatching(/^chunk (size|data end): /),
    });
    expect(read([chunked, ...chunk])).toMatchObject({ malformed: expect.any(String) });
  });

  test.each([
    "G",
    "HTTX",
    "HTTP/2.0 200 OK",
    "http/1.1 200 OK",
    "\r\nHTTP/1.1",
    "HTTP/1.1 abc\r\n\r\n",
    "HTTP/1.1 -1 No\r\n\r\n",
    "HTTP/1.1\r\n\r\n",
  ])("%j is no head", (text) => {
    expect(read([text])).toMatchObject({ status: undefined, begun: true, malformed: expect.any(String) });
  });

  test.each(["H", "HTTP/1.", "HTTP/1.1 200 OK\r\nA: b\r\n"])("%j may become one", (text) => {
    expect(read([text])).toMatchObject({ status: undefined, begun: true, malformed: undefined });
  });

  test("a head without end is given up", () => {
    const flood = `A: ${"a".repeat(1_000_000)}\r\n`;
    expect(read([ok, ...Array.from({ length: 9 }, () => flood)]).malformed).toMatch(/^a head of more than/);
  });
});

test("a head is read with forgiveness", () => {
  const text = "HTTP/1.1  099   Odd\x80 reason \nA:b\nfolded: x\r\n\t y \nno colon\nA : \t c\x00\r\nEmpty:\n\n";
  expect(read([text]).head).toEqual({
    minor: 1,
    status: 99,
    reason: "  Odd\x80 reason ",
    fields: [
      ["A", "b"],
      ["folded", "x y"],
      ["no colon", ""],
      ["A", "c\x00"],
      ["Empty", ""],
    ],
  });
});

test("any content in any chunks, cut into any pieces, comes out as it went in", () => {
  const text = fc.string({ unit: "binary-ascii", maxLength: 40 });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 6 }), fc.array(fc.integer({ min: 1, max: 30 })), (contents, sizes) => {
      const chunks = contents.filter((each) => each !== "").map((each) => `${each.length.toString(16)}\r\n${each}\r\n`);
      let rest = `${chunked}${chunks.join("")}0\r\nA: b\r\n\r\n`;
      const pieces = sizes.map((size) => {
        const piece = rest.slice(0, size);
        rest = rest.slice(size);
        return piece;
      });
      expect(read([...pieces, rest])).toMatchObject({ whole: true, extra: 0, content: contents.join("") });
    }),
  );
});

test("a chunked response is whole at its last byte and not before", () => {
  const text = `${chunked}5;e\r\nhello\r\n10\r\n0123456789abcdef\r\n0\r\nA: b\r\n\r\n`;
  for (let cut = 0; cut <= text.length; cut++) {
    expect(read([text.slice(0, cut)], { fin: true }).whole, `cut at ${cut}`).toBe(cut === text.length);
    expect(read([text.slice(0, cut), text.slice(cut)])).toMatchObject({
      whole: true,
      content: "hello0123456789abcdef",
    });
  }
});
