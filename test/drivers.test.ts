import { expect, test } from "vitest";
import { loadDrivers } from "../harness/drivers.ts";

const namesOf = async (words?: readonly string[]) => new Set((await loadDrivers(words)).map(({ name }) => name));

test("only the drivers that are named are loaded, with or without a version", async () => {
  expect(await namesOf(["nginx@1.28", "gateway"])).toEqual(new Set(["gateway", "nginx"]));
});

test.each([[["ngimx", "gateway"]], [["all"]], [["profile:*"]], [["program"]], [["profile"]], [[]]])(
  "all drivers are loaded for %j, whose words are to be looked for among them",
  async (words) => {
    expect(await namesOf(words)).toEqual(await namesOf());
  },
);
