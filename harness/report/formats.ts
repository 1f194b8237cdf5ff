import { htmlReport } from "./html/page.ts";
import type { RunDocument } from "./json.ts";
import { junitReport } from "./junit.ts";
import { markdownReport } from "./markdown.ts";
import { plain } from "./paint.ts";
import { reportCells } from "./report-cells.ts";
import { textReport } from "./text.ts";

/** One way to tell of a run: a pure function of what was saved, and the file it goes to. */
interface Format {
  readonly file: string;
  readonly render: (run: RunDocument) => string;
}

export const formats = {
  html: { file: "index.html", render: htmlReport },
  junit: { file: "junit.xml", render: junitReport },
  markdown: { file: "summary.md", render: markdownReport },
  json: { file: "report.json", render: (run) => `${JSON.stringify(run)}\n` },
  text: { file: "report.txt", render: (run) => `${textReport(reportCells(run), run, { paint: plain })}\n` },
} as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof formats;
