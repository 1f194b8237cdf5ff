import type { ColumnTimes } from "../lab/column.ts";
import { type AlignedCell, aligned } from "./aligned.ts";
import { fits, paragraph } from "./lines.ts";
import type { View } from "./paint.ts";
import { driverName } from "./words.ts";

const spans = ["backends", "start", "run", "rest", "stop"] as const;

/** What each driver took: to open the backends, to start, to be asked, what was left beside the next one, to be closed. */
export function textColumns(columns: readonly ColumnTimes[], { paint, width }: View): string {
  if (columns.length === 0) return "";
  const rows = columns.map((column) => [nameOf(column), ...spans.map((span) => right(seconds(column[span])))]);
  const table = aligned([["", ...spans.map(right)], ...rows]);
  const lines = columns.map((column) =>
    paragraph(`${nameOf(column)}: ${spans.map((span) => `${span} ${seconds(column[span])}`).join(", ")}`, 2, width),
  );
  const head = "Each driver: its backends open, the proxy started, asked, what was left beside the next, closed";
  return [paragraph(paint("bold", head), 2, width), ...(fits(table, width) ? [table] : lines)].join("\n");
}

function nameOf({ driver, via, others }: ColumnTimes): string {
  return `  ${driverName({ name: driver, via })}${others === undefined ? "" : ` and ${others} more`}`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}

function right(text: string): AlignedCell {
  return { text, align: "right" };
}
