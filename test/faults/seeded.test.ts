import { describe, expect, test } from "vitest";
import { seeded } from "../../harness/faults/seeded.ts";

const draw = (count: number, ...seeds: number[]) => Array.from({ length: count }, seeded(...seeds));

describe("seeded numbers", () => {
  test("are the same for the same seeds, and differ with any of them", () => {
    expect(draw(5, 1, 2)).toEqual(draw(5, 1, 2));
    for (const other of [[2, 1], [1, 3], [1], [0, 1, 2]]) expect(draw(5, ...other)).not.toEqual(draw(5, 1, 2));
  });

  test.for([0, 1, 2 ** 40])("fill the stretch from 0 to 1 evenly, with seed %d", (seed) => {
    const drawn = draw(10_000, seed);
    for (let tenth = 0; tenth < 10; tenth++) {
      const inside = drawn.filter((number) => Math.floor(number * 10) === tenth).length;
      expect(inside).toBeGreaterThan(850);
      expect(inside).toBeLessThan(1_150);
    }
  });

  test("begin differently for seeds that are neighbours", () => {
    const first = Array.from({ length: 20 }, (_, seed) => draw(1, seed)[0] ?? 0);
    expect(Math.max(...first) - Math.min(...first)).toBeGreaterThan(0.5);
    expect(new Set(first).size).toBe(20);
  });
});
