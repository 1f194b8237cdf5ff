import { afterAll, describe, expect, test } from "vitest";
import { sometimes } from "../../harness/faults/sometimes.ts";
import { readRequest, rst } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import { askInTurn, clearGrounds, openStand } from "./stand.ts";

afterAll(clearGrounds);

const asked = 60;
const reset = wire(readRequest(), rst());

async function outcomes(rate: { rate: number; seed?: number }, seed: number): Promise<string[]> {
  await using stand = await openStand(sometimes(reset, rate), { seed });
  return await askInTurn(stand, asked);
}

describe("sometimes", () => {
  test("strikes by chance, at the rate told", async () => {
    const came = await outcomes({ rate: 0.25 }, 1);
    const struck = came.filter((outcome) => outcome === "ECONNRESET").length;
    expect(came.filter((outcome) => outcome === "200")).toHaveLength(asked - struck);
    expect(struck).toBeGreaterThan(asked * 0.1);
    expect(struck).toBeLessThan(asked * 0.4);
  });

  test("strikes the same connections again with the same seed, others with another", async () => {
    const first = await outcomes({ rate: 0.5 }, 7);
    expect(await outcomes({ rate: 0.5 }, 7)).toEqual(first);
    expect(await outcomes({ rate: 0.5 }, 8)).not.toEqual(first);
    expect(await outcomes({ rate: 0.5, seed: 1 }, 7)).not.toEqual(first);
  });

  test("strikes never, or always", async () => {
    expect(new Set(await outcomes({ rate: 0 }, 1))).toEqual(new Set(["200"]));
    expect(new Set(await outcomes({ rate: 1 }, 1))).toEqual(new Set(["ECONNRESET"]));
  });

  test("says which connection meets what", async () => {
    await using stand = await openStand(sometimes(reset, { rate: 0.5 }), { seed: 7 });
    const came = await askInTurn(stand, 5);
    const chose = stand.notes.filter(({ act }) => act === "chose").map(({ detail }) => detail);
    const word = (outcome: string) => (outcome === "200" ? "healthy" : "the fault");
    expect(chose).toEqual(came.map((outcome, index) => `${word(outcome)} for connection ${index + 1}`));
    expect(stand.connections.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4, 5]);
  });

  test.for([-0.1, 1.1, Number.NaN])("refuses %d as a rate", (rate) => {
    expect(() => sometimes(reset, { rate })).toThrow(`rate: wanted a number from 0 to 1, got ${rate}`);
  });
});
