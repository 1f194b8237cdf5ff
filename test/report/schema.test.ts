import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { schemas } from "../../harness/report/schema.ts";
import { run } from "./run.ts";

const written = (value: unknown) => JSON.parse(JSON.stringify(value));

describe("the JSON Schemas", () => {
  // `npm run docs` writes them anew; in CI a stale one fails.
  test.each(Object.keys(schemas))("%s says what a run is read with", async (file) => {
    await expect(`${JSON.stringify(schemas[file], undefined, 2)}\n`).toMatchFileSnapshot(`../../schema/${file}`);
  });

  const ajv = new Ajv2020({ strict: true });
  const validate = ajv.compile(schemas["run.schema.json"] ?? {});

  test("hold for a run with a cell of each kind", () => {
    validate(written(run));
    expect(validate.errors).toBeNull();
  });

  test.each([
    ["an outcome that is none", { outcome: "fine" }],
    ["a key that nobody knows", { lasted: 3 }],
    ["bytes that are no number", { sent: { bytes: "12", first: "" } }],
  ])("do not hold for %s", (_, change) => {
    const wrong = written(run);
    Object.assign(wrong.cells[0].trial.exchanges[0], change);
    expect(validate(wrong)).toBe(false);
  });
});
