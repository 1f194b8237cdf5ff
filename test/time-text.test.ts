import { expect, test } from "vitest";
import { meansOf } from "../harness/cli/check-configuration.ts";
import { duration } from "../harness/cli/values.ts";
import { selectionIn } from "../harness/service/selection.ts";
import { millisecondsIn } from "../harness/time-text.ts";

const selected = (time: string) =>
  selectionIn({ line: "", method: "GET", path: `/slow/x?after=${time}`, fields: new Map() })?.after;

test.each([
  ["200ms", 200],
  ["1.5s", 1_500],
  ["500", 500],
  ["0.2", 1],
  ["1.5", 2],
])("%s is a time, and the same one wherever it is read", (text, wanted) => {
  const means = meansOf({ configuration: { timers: { head: text, total: 0 } } });
  expect([millisecondsIn(text), duration("--patience")(text), selected(text), means.timers.head]).toEqual(
    Array(4).fill(wanted),
  );
  expect(means.timers.total).toBe(0);
});

test.each(["", "soon", "-1", "1m", "1 s", "1e3", "2147483648", "2147484s"])("%j is none", (text) => {
  expect(millisecondsIn(text)).toBeUndefined();
});
