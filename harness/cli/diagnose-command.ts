import { type Command, Option } from "commander";
import type { Timers } from "../plan.ts";
import { programTimers, timersText } from "./program-timers.ts";
import { parseTimers } from "./timers.ts";
import { again, octets } from "./values.ts";

/** What was typed behind `badgateway diagnose`. */
export interface DiagnoseCommandOptions {
  readonly log?: string;
  readonly resolver?: string;
  readonly ca?: string;
  readonly serverName?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly timers: Timers;
  readonly headLimit: number;
  readonly method?: string;
  readonly header?: readonly string[];
  readonly body?: number;
  readonly expect?: true;
  readonly upgrade?: true;
  readonly keepAlive: boolean;
  readonly json?: true;
}

/** Content is made in memory: so much is far beyond what any proxy takes unasked, in octets. */
const largestBody = 1024 ** 3;

export function addDiagnose(badgateway: Command): void {
  badgateway
    .command("diagnose")
    .description("look at an upstream layer by layer, as a proxy would meet it, and say what is wrong with it")
    .argument("[url]", "http://host:port/path, https://host:port/path or unix:/path/of/socket:/path")
    .optionsGroup("Where to:")
    .option("--resolver <address:port>", "name server that is asked for the name (default: the system's own way)")
    .optionsGroup("TLS:")
    .option("--ca <file>", "PEM file with the authorities trusted (default: those that come with Node)")
    .option("--server-name <name>", "name sent as SNI and looked for in the certificate (default: the URL's host)")
    .option("--cert <file>", "PEM file with the certificate shown to an upstream that asks for one")
    .option("--key <file>", "PEM file with its private key")
    .optionsGroup("What is asked:")
    .option("-X, --method <name>", "GET unless told; POST with --body; only GET, HEAD and OPTIONS are asked twice")
    .option("-H, --header <line>", "a field such as 'Host: shop.example'; given again: one more", again)
    .option("--body <size>", "send so much content: 64KiB", octets("--body", largestBody))
    .option("--expect", "send Expect: 100-continue, and the content only after a 100")
    .option("--upgrade", "offer to switch to WebSocket")
    .option("--no-keep-alive", "ask once only")
    .optionsGroup("Patience:")
    .addOption(
      new Option("-t, --timers <list>", "those of the proxy in question, as in head=10s,connect=1s")
        .argParser((text) => parseTimers(text, programTimers))
        .default(programTimers, timersText),
    )
    .addOption(
      new Option("--head-limit <size>", "largest response head taken: 4KiB for a small nginx")
        .argParser(octets("--head-limit"))
        .default(16_384, "16KiB"),
    )
    .optionsGroup("What is shown:")
    .option("--log <line>", "a line of the proxy's log, to be explained as well, or alone")
    .option("--json", "write one JSON document")
    .addHelpText(
      "after",
      "\nExit codes: 0 the upstream is well and the line recognised, 1 a fault was found or the line was not, 2 wrong usage.",
    )
    .action(async (url: string | undefined, options: DiagnoseCommandOptions) => {
      const { diagnoseCommand } = await import("./diagnose.ts");
      process.exitCode = await diagnoseCommand(url, options);
    });
}
