import type { RunDocument } from "./json.ts";
import { plain } from "./paint.ts";
import { reportCells } from "./report-cells.ts";
import { textReport } from "./text.ts";

/** What `run` has on the terminal, for a file. */
export function plainTextReport(run: RunDocument): string {
  return `${textReport(reportCells(run), run, { paint: plain })}\n`;
}
