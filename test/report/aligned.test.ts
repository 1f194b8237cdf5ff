import { styleText } from "node:util";
import { expect, test } from "vitest";
import { aligned } from "../../harness/report/aligned.ts";

test("columns stand below each other, two blanks apart", () => {
  const rows = [
    ["proxy", "outcome", { text: "took", align: "right" }],
    ["nginx", "502", { text: "4 ms", align: "right" }],
    ["h2o", "502 relayed", { text: "1204 ms", align: "right" }],
  ] as const;
  expect(aligned(rows).split("\n")).toEqual([
    "proxy  outcome         took",
    "nginx  502             4 ms",
    "h2o    502 relayed  1204 ms",
  ]);
});

test("a row that breaks off early leaves no blanks at its end", () => {
  expect(aligned([["a long title"], [], ["b", "c"]])).toBe("a long title\n\nb             c");
});

test("styles take no room, an ideograph takes two columns", () => {
  const red = styleText("red", "no", { validateStream: false });
  expect(
    aligned([
      [red, "1"],
      ["好", "2"],
      ["yes", "3"],
    ]),
  ).toBe(`${red}   1\n好   2\nyes  3`);
});

test("no rows are no text", () => {
  expect(aligned([])).toBe("");
});
