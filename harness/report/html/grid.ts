import { distributions, telling } from "../distribution.ts";
import type { RunDocument } from "../json.ts";
import type { ReportCell } from "../report-cell.ts";
import { reportCells } from "../report-cells.ts";
import { columnId, proxyTitle } from "../words.ts";
import { rowId, type Tile } from "./column-texts.ts";
import type { ProxyText } from "./data.ts";

export interface Grid {
  readonly columns: readonly { readonly proxy: ProxyText; readonly tiles: readonly Tile[] }[];
  /** Families of rows; a row has a tile, or none, for each column. */
  readonly families: readonly { readonly name: string; readonly rows: readonly Row[] }[];
}

export interface Row {
  readonly id: string;
  readonly scenario: string;
  readonly remedied: boolean;
  readonly title: string;
  readonly tiles: readonly (Tile | undefined)[];
}

/** The cells of a run as a grid: scenarios by family down, proxies across. */
export function gridOf(run: RunDocument): Grid {
  const cells = reportCells(run);
  const records = new Map(cells.map((cell, index) => [cell, run.cells[index]]));
  const tiles = distributions(cells).flatMap((distribution): Tile[] => {
    const record = records.get(telling(distribution));
    return record ? [{ distribution, record }] : [];
  });
  const columns = [...Map.groupBy(tiles, ({ record }) => columnId(record))].map(([id, members]) => ({
    proxy: proxyText(id, members),
    tiles: members,
  }));
  const byFamily = Map.groupBy(tiles, ({ record }) => record.scenario.slice(0, record.scenario.indexOf("/")));
  const families = [...byFamily].map(([name, members]) => ({
    name,
    rows: [...Map.groupBy(members, ({ record }) => rowId(record))].map(([id, row]) => rowOf(id, row, columns)),
  }));
  return { columns, families };
}

function proxyText(id: string, tiles: readonly Tile[]): ProxyText {
  const cells = tiles.flatMap(({ distribution }): readonly ReportCell[] => distribution.cells);
  return { id, title: proxyTitle(cells), via: cells[0]?.driver.via ?? "local" };
}

function rowOf(id: string, row: readonly Tile[], columns: Grid["columns"]): Row {
  const record = row[0]?.record;
  return {
    id,
    scenario: record?.scenario ?? id,
    remedied: record?.remedied ?? false,
    title: record?.title ?? "",
    tiles: columns.map(({ proxy }) => row.find((tile) => columnId(tile.record) === proxy.id)),
  };
}
