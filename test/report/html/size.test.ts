import { randomBytes } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { ColumnTexts } from "../../../harness/report/html/data.ts";
import { htmlReport } from "../../../harness/report/html/page.ts";
import { runDocument } from "../../../harness/report/json.ts";
import { cell, driver, exchange, facts, scenario, trial } from "../cells.ts";

const noise = (octets: number) => randomBytes(octets).toString("latin1");

/** One trial as large as one can be, of bytes that cannot be packed. */
const large = trial({
  exchanges: Array.from({ length: 200 }, () =>
    exchange("own(504)", { received: { bytes: 1_000_000, first: noise(4_096), last: noise(4_096) } }),
  ),
  timeline: Array.from({ length: 2_000 }, (_, at) => ({ at, who: "upstream 1", act: "sent", detail: noise(40) })),
  said: Array.from({ length: 500 }, () => noise(200)),
});
const run = runDocument([cell(scenario("slow/never"), driver("nginx"), "pass", { trial: large })], facts);

/** What is packed behind the only cell. */
function packedIn(page: string) {
  const [, data = ""] = /id="data:column:nginx">([^<]*)</.exec(page) ?? [];
  const cells: ColumnTexts = JSON.parse(inflateRawSync(Buffer.from(data, "base64")).toString());
  return cells["slow/never"]?.record;
}

describe("the size of the HTML report", () => {
  test("is bounded for each cell, which tells what is left out", () => {
    const page = htmlReport(run);
    const record = packedIn(page);
    expect(record).toMatchObject({ left: { exchanges: 176, notes: 1_904, said: 460 } });
    expect(record?.notes.map(({ at }) => at).slice(-2)).toEqual([1_998, 1_999]);
    const received = record?.exchanges[0]?.received;
    expect(received).toMatchObject({ bytes: 1_000_000, first: large.exchanges[0]?.received.first.slice(0, 2_048) });
    expect(received?.last).toBe(large.exchanges[0]?.received.last?.slice(-512));
  });

  test("is kept small by less detail where a run is very large", () => {
    const [ample, tight] = [htmlReport(run), htmlReport(run, 100_000)];
    expect(ample.length).toBeGreaterThan(100_000);
    expect(tight.length).toBeLessThanOrEqual(100_000);
    expect(packedIn(tight)?.exchanges.length).toBeLessThan(10);
  });
});
