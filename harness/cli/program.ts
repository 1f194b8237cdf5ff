import { Command } from "commander";
import { defaultTimers } from "../plan.ts";
import { packageVersion } from "../version.ts";
import { addBackend } from "./backend-command.ts";
import { addCheck } from "./check-command.ts";
import { addDiagnose } from "./diagnose-command.ts";
import { addExplain } from "./explain-command.ts";
import { addGateway } from "./gateway-command.ts";
import { addReport } from "./report-command.ts";
import type { RunCommandOptions } from "./run.ts";
import { parseShard } from "./shard.ts";
import { parseTimers } from "./timers.ts";
import { list, wholeNumber } from "./values.ts";

/** The command line. What a command needs is loaded when it runs, so that `--help` is there at once. */
export function program(): Command {
  const badgateway = new Command("badgateway")
    .description(
      "Reproduces 502s on purpose: a reverse proxy in front of backends that fail in one exact, provable way.",
    )
    .version(packageVersion(), "-v, --version")
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(oneLine(text)) });
  addRun(badgateway);
  addList(badgateway);
  addMatrix(badgateway);
  addReport(badgateway);
  addCheck(badgateway);
  addBackend(badgateway);
  addGateway(badgateway);
  addDiagnose(badgateway);
  addExplain(badgateway);
  return badgateway;
}

function addRun(badgateway: Command): void {
  badgateway
    .command("run")
    .description("run scenarios on proxies, and judge what the client gets")
    .argument("[scenarios...]", "ids (slow/no-answer), families (slow) or globs ('slow/*'); all unless told")
    .option(
      "-p, --proxy <names>",
      "proxies, as in gateway,nginx or 'profile:*'; unless told the gateway and all that are found",
      list,
    )
    .option("--via <ways>", "how a proxy is brought up: local, container or both (default: local)", list)
    .option(
      "-t, --timers <list>",
      "timers of the proxies, as in head=200ms,connect=1s; or real: those of its vendor for each profile",
      (text) => (text === "real" ? text : parseTimers(text)),
      defaultTimers,
    )
    .option("--save <folder>", "write every trial to a file of its own, and run.json")
    .option("--reporter <names>", "write reports too: html, junit, markdown, json, text", list)
    .option("--out <folder>", "where the reports go (default: badgateway-report)")
    .option(
      "--shard <part>",
      "run one part of the scenarios, as in 2/5; `badgateway report` merges the parts",
      parseShard,
    )
    .option("--json", "write one JSON document in place of the table")
    .option("--timing", "show how far answers are from their timers")
    .option("--seed <number>", "what every choice made by chance follows from", wholeNumber("--seed", 0), 1)
    .option("--repeat <times>", "run everything so often, with one seed after the other", wholeNumber("--repeat", 1), 1)
    .option("--concurrency <number>", "trials of one proxy at once", wholeNumber("--concurrency", 1), 64)
    .option("--catalogue <folder>", "scenarios of your own in place of those that come with badgateway")
    .addHelpText("after", exitCodes)
    .action(async (words: string[], options: RunCommandOptions) => {
      const { runCommand } = await import("./run.ts");
      process.exitCode = await runCommand(words, options);
    });
}

function addList(badgateway: Command): void {
  const listing = badgateway.command("list").description("list what there is, and what this machine lacks");
  listing
    .command("scenarios")
    .argument("[scenarios...]", "ids, families or globs; all unless told")
    .option("--json", "write one JSON document")
    .option("--catalogue <folder>", "scenarios of your own in place of those that come with badgateway")
    .action(async (words: string[], options: { json?: true; catalogue?: string }) => {
      const { listScenarios } = await import("./list-scenarios.ts");
      await listScenarios(words, options);
    });
  listing
    .command("proxies")
    .option("--json", "write one JSON document")
    .action(async (options: { json?: true }) => {
      const { listProxies } = await import("./list-proxies.ts");
      await listProxies(options);
    });
}

function addMatrix(badgateway: Command): void {
  badgateway
    .command("matrix")
    .description("print the table of saved runs, with the reasons of all departures")
    .argument("<folder...>", "where `run --save` has put them; the later one's cells count")
    .option(
      "--format <name>",
      "markdown, cross-walk (each cause in the words of each proxy), evidence (what the judge reads) or json",
      "markdown",
    )
    .action(async (folders: string[], options: { format: string }) => {
      const { matrixCommand } = await import("./matrix.ts");
      process.exitCode = await matrixCommand(folders, options);
    });
}

const exitCodes = `
Exit codes: 0 all as claimed (skips are told), 1 a claim failed or a trial was void, 2 wrong usage, 130 and 143 interrupted.
With BADGATEWAY_NO_SKIPS=1 a skip counts as a failure.`;

/** commander says `error: …` and hints on a line of its own. */
function oneLine(text: string): string {
  return `${text
    .trim()
    .replace(/^error: /, "badgateway: ")
    .replaceAll(/\s*\n\s*/g, " ")}\n`;
}
