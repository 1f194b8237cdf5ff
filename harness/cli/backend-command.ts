import { type Command, Option } from "commander";
import { defaultTimers, type Timers } from "../plan.ts";
import { parseTimers } from "./timers.ts";
import { wholeNumber } from "./values.ts";

/** What was typed behind `badgateway backend`. */
export interface BackendCommandOptions {
  readonly listen: string;
  readonly tls?: number;
  readonly each?: number;
  readonly ca?: string;
  readonly timers: Timers;
  readonly seed: number;
  readonly quiet?: true;
}

export function addBackend(badgateway: Command): void {
  badgateway
    .command("backend")
    .description("the failing backends as a service: each request chooses its fault, by path or field")
    .option("-l, --listen <address:port>", "where the proxy finds it; port 0 takes one that is free", "127.0.0.1:9000")
    .option("--tls <port>", "speak TLS there: the server name chooses, as in expired.upstream.test", port("--tls"))
    .option("--each <port>", "from there up a port for each fault that no request can choose", port("--each", 1))
    .option("--ca <file>", "write the authority of the TLS certificates there (PEM)")
    .addOption(
      new Option("-t, --timers <list>", "what slow faults are told in terms of, as in head=2s")
        .argParser((text) => parseTimers(text))
        .default(defaultTimers, "300ms each"),
    )
    .option("--seed <number>", "what every choice made by chance follows from", wholeNumber("--seed", 0), 1)
    .option("-q, --quiet", "say nothing of single requests")
    .addHelpText("after", examples)
    .action(async (options: BackendCommandOptions) => {
      const { backendCommand } = await import("./backend.ts");
      process.exitCode = await backendCommand(options);
    });
}

/** @param least 0 where one that is free will do */
function port(option: string, least = 0): (text: string) => number {
  return wholeNumber(option, least, 65_535);
}

const examples = `
Examples:
  badgateway backend --listen 0.0.0.0:9000
  badgateway backend --listen 0.0.0.0:9000 --tls 9443 --ca ca.pem --each 9500
  curl -v http://127.0.0.1:9000/crash/reset-after-request
  curl -v -H 'X-Fault: slow/late-answer; after=2s; head=1s' http://127.0.0.1:9000/

GET / lists the faults, as HTML or JSON. Anybody who reaches the address can ask for them: it is loopback unless told.
The first Ctrl-C or SIGTERM ends it. Exit codes: 0 ended by a signal, 2 wrong usage.`;
