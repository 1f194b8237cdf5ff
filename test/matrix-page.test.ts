import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadDrivers } from "../harness/drivers.ts";
import { loadScenarios } from "../harness/folder.ts";

const page = await readFile(join(import.meta.dirname, "..", "docs", "matrix.md"), "utf8");
const cellsOf = (line: string) => line.split(" | ").map((text) => text.replaceAll("|", "").trim());
const lines = page.split("\n").filter((line) => line.startsWith("|"));

// The page is made from a saved run: when a name is missing, it is to be made anew.
test("docs/matrix.md has a row for every scenario, and none besides", async () => {
  const rows = lines.map((line) => cellsOf(line)[0] ?? "").filter((name) => name.includes("/"));
  expect(rows.toSorted()).toEqual((await loadScenarios()).map(({ id }) => id).toSorted());
});

test("docs/matrix.md has a column for every proxy, with its version, and none besides", async () => {
  const heads = lines.filter((_, index) => lines[index + 1]?.startsWith("| ---"));
  const drivers = (await loadDrivers()).filter(({ via }) => via === "embedded" || via === "local");
  const here = drivers.map(({ name }) => name);
  expect(heads.length).toBeGreaterThan(0);
  for (const head of heads) {
    const titles = cellsOf(head).slice(1);
    expect(titles.map((title) => title.replace(/ \d+(\.\d+)+$/, "")).toSorted()).toEqual(here.toSorted());
  }
});

test("docs/matrix.md shows no cell that failed, proved nothing or was skipped", () => {
  expect(page).not.toMatch(/\*\*(fail|void):\*\*/);
  expect(page).not.toMatch(/\| skipped\b/);
});
