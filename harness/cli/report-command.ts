import type { Command } from "commander";
import { list } from "./values.ts";

export function addReport(badgateway: Command): void {
  badgateway
    .command("report")
    .description("make reports of saved runs; several, the shards of a run say, become one")
    .argument("<folders...>", "where `run --save` has put them; a folder that holds such folders will do")
    .option("-f, --format <names>", "html, junit, markdown, json, text (default: html)", list)
    .option("-o, --out <folder>", "where the reports go", "badgateway-report")
    .addHelpText("after", exitCodes)
    .action(async (folders: string[], options: { format?: readonly string[]; out: string }) => {
      const { reportCommand } = await import("./report.ts");
      process.exitCode = await reportCommand(folders, options);
    });
}

const exitCodes = `
Files: index.html, junit.xml, summary.md (fits a CI job summary), report.json, report.txt.
Exit codes: 0 all as claimed, 1 a claim failed, a trial was void, or a file could not be read (the rest is reported), 2 wrong usage.`;
