import fc from "fast-check";
import { expect, test } from "vitest";
import { BodyInspector, describedBody } from "../../harness/body.ts";

const nonce = "0badcafe";

function inspect(...pieces: readonly Uint8Array[]) {
  const inspector = new BodyInspector();
  for (const piece of pieces) inspector.feed(Buffer.from(piece));
  return inspector.inspection();
}

test("a body tells its nonce and length in its first line, and is printable", () => {
  const body = describedBody(nonce, 500);
  expect(body).toHaveLength(500);
  expect(body.toString("latin1")).toMatch(/^0badcafe 500 [0-9a-f]{8}\n[\x20-\x7e\n]*$/);
  expect(describedBody(nonce, 500)).toEqual(body);
});

test.each([22, 23, 100, 62_281, 1_000_000])("a whole body of %i octets is intact", (length) => {
  expect(inspect(describedBody(nonce, length))).toEqual({ nonce, intact: true });
});

test("long ones have the right checksum in whatever order they are made", () => {
  const mebibyte = 2 ** 20;
  for (const length of [2 * mebibyte, 4 * mebibyte + 7, mebibyte + 100, 3 * mebibyte, 2 * mebibyte, 4 * mebibyte + 8])
    expect(inspect(describedBody(nonce, length)), `${length} octets`).toEqual({ nonce, intact: true });
});

test.each([0, 1, 20, -1, 1.5, Number.NaN])("a length of %s has no room for the first line", (length) => {
  expect(() => describedBody(nonce, length)).toThrow(/^length: wanted .*got/);
});

test("the pieces in which a body comes do not matter", () => {
  const body = describedBody(nonce, 300);
  for (let cut = 0; cut <= body.length; cut++) {
    expect(inspect(body.subarray(0, cut), body.subarray(cut))).toEqual({ nonce, intact: true });
  }
  expect(inspect(...Array.from(body, (octet) => Uint8Array.of(octet)))).toEqual({ nonce, intact: true });
});

test("a body that ends early is not intact, wherever it ends behind its nonce", () => {
  const body = describedBody(nonce, 300);
  for (let end = nonce.length; end < body.length; end++) {
    expect(inspect(body.subarray(0, end)), `${end} octets`).toEqual({ nonce, intact: false });
  }
});

test("octets too many, changed or swapped are noticed", () => {
  const body = describedBody(nonce, 300_000);
  expect(inspect(body, Buffer.from("x"))).toEqual({ nonce, intact: false });
  const buffer = 65_536;
  const [head, one, two, rest] = [0, 1, 2, 3].map((index) => body.subarray(index * buffer, (index + 1) * buffer));
  if (!head || !one || !two || !rest) throw new Error("four pieces wanted");
  expect(inspect(head, two, one, rest, body.subarray(4 * buffer))).toEqual({ nonce, intact: false });
  fc.assert(
    fc.property(fc.nat(299_999), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const changed = Buffer.from(body);
      changed.writeUInt8(changed.readUInt8(at) ^ flip, at);
      expect(inspect(changed)).not.toEqual({ nonce, intact: true });
    }),
    { numRuns: 30 },
  );
});

test.each(["", "hello", "<html>\n</html>", "0badcafe is a nonce\n", "0badcafe 12345678901 00000000\n"])(
  "%j carries no description",
  (text) => {
    expect(inspect(Buffer.from(text))).toEqual({});
  },
);
