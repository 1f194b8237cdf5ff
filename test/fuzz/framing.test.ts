import { expect, test } from "vitest";
import type { Case } from "./cases.ts";
import { hasAfterthought, isBrokenOff } from "./framing.ts";

const whole = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const a = (one: Partial<Case>): Case => ({ method: "GET", bytes: whole, cuts: [], end: "fin", ...one });

test.for<[string, Case, boolean]>([
  ["more in a piece of its own", a({ bytes: `${whole}${whole}`, cuts: [3, whole.length] }), true],
  ["more in the piece that ends the message", a({ bytes: `${whole}${whole}`, cuts: [3, whole.length - 1] }), false],
  ["nothing more", a({ cuts: [3, whole.length] }), false],
  [
    "a message that only the end of the connection ends",
    a({ bytes: "HTTP/1.1 200 OK\r\n\r\nok", cuts: [19, 20] }),
    false,
  ],
  ["content where there is none", a({ method: "HEAD", cuts: [whole.length - 2] }), true],
])("an afterthought: %s", ([, one, expected]) => {
  expect(hasAfterthought(one)).toBe(expected);
});

test.for<[string, Case, boolean]>([
  ["whole", a({ end: "silence" }), false],
  ["a length that is not reached", a({ bytes: whole.slice(0, -1) }), true],
  ["closed at its end", a({ bytes: "HTTP/1.1 200 OK\r\n\r\nok" }), false],
  ["reset where closing is the end", a({ bytes: "HTTP/1.1 200 OK\r\n\r\nok", end: "rst" }), true],
  ["no head at all", a({ bytes: "HTTP/1.1 200" }), false],
])("broken off: %s", ([, one, expected]) => {
  expect(isBrokenOff(one)).toBe(expected);
});
