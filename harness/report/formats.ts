import type { RunDocument } from "./json.ts";

/** One way to tell of a run: a pure function of what was saved, loaded when it is needed, and the file it goes to. */
interface Format {
  readonly title: string;
  readonly file: string;
  readonly load: () => Promise<(run: RunDocument) => string>;
}

export const formats = {
  html: { title: "HTML", file: "index.html", load: async () => (await import("./html/page.ts")).htmlReport },
  junit: { title: "JUnit XML", file: "junit.xml", load: async () => (await import("./junit.ts")).junitReport },
  markdown: { title: "Markdown", file: "summary.md", load: async () => (await import("./markdown.ts")).markdownReport },
  json: { title: "JSON", file: "report.json", load: async () => (run) => `${JSON.stringify(run)}\n` },
  text: { title: "text", file: "report.txt", load: async () => (await import("./plain-text.ts")).plainTextReport },
} as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof formats;
