import { expect, test } from "vitest";
import { checkHead, readFieldLine } from "../../harness/response/head-rules.ts";

test.each([
  ["X:", ""],
  ["X: \t ", ""],
  ["X:a", "a"],
  ["X: \ta \t b\t ", "a \t b"],
  ["X: \x85\xa0 ", "\x85\xa0"],
])("of %j the value is %j: only SP and HTAB around it are taken off", (line, value) => {
  expect(readFieldLine(line)).toEqual(["X", value]);
});

/** Gone through once for each blank, this line would take the better part of a minute. */
test("a line of very many blanks is judged in one go", () => {
  expect(() => readFieldLine(`X:${" ".repeat(100_000)}\x01`)).toThrow("a field value holds a control character");
});

test("nor does a length of very many blanks take longer than another", () => {
  const fields = [["Content-Length", `1${" ".repeat(300_000)}2`]] as const;
  expect(() => checkHead({ version: "1.1", status: 200, fields }, { method: "GET", upgrade: [] })).toThrow(
    "Content-Length is no single decimal number",
  );
});
