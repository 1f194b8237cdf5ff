import { afterAll, describe, expect, test } from "vitest";
import { during } from "../../harness/faults/during.ts";
import { readRequest, rst } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import { askBare, askInTurn, clearGrounds, openStand } from "./stand.ts";

afterAll(clearGrounds);

const reset = wire(readRequest(), rst());

describe("during", () => {
  test("strikes from one connection up to another", async () => {
    await using stand = await openStand(during(reset, { from: 2, to: 4, of: "connections" }));
    expect(await askInTurn(stand, 5)).toEqual(["200", "ECONNRESET", "ECONNRESET", "200", "200"]);
  });

  test("strikes for a while, and says when it begins and ends", async () => {
    await using stand = await openStand(during(reset, { from: 500, to: 1_500 }));
    expect(await askBare(stand)).toBe("200");
    await stand.noted("fault-began");
    expect(await askBare(stand)).toBe("ECONNRESET");
    await stand.noted("fault-ended");
    expect(await askBare(stand)).toBe("200");
    const [began, ended] = ["fault-began", "fault-ended"].map(
      (act) => stand.notes.find((note) => note.act === act)?.at,
    );
    expect((ended ?? 0) - (began ?? 0)).toBeGreaterThanOrEqual(998);
  });

  test("strikes at once when it begins with the arming", async () => {
    await using stand = await openStand(during(reset, { from: 0, to: 60_000 }));
    expect(await askBare(stand)).toBe("ECONNRESET");
  });

  test.for([
    [3, 3],
    [4, 3],
    [-1, 3],
  ])("refuses a stretch from %d to %d", ([from = 0, to = 0]) => {
    expect(() => during(reset, { from, to })).toThrow(`during: wanted 0 ≤ from < to, got from ${from} to ${to}`);
  });
});
