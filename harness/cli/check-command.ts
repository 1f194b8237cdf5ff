import type { Command } from "commander";
import type { Timers } from "../plan.ts";
import { toldTimers } from "./timers.ts";
import { duration, wholeNumber } from "./values.ts";

/** How long it waits unless told, in milliseconds: a client for its answer, and the check for the proxy to find a backend. */
export const patient = { patience: 5_000, settle: 15_000 } as const;

/** What was typed behind `badgateway check`. */
export interface CheckCommandOptions {
  readonly listen?: string;
  readonly map?: true;
  readonly config?: string;
  readonly as?: string;
  readonly via: string;
  readonly tls?: true;
  readonly byPath?: true;
  readonly timers?: Partial<Timers>;
  readonly configFile?: string;
  readonly outcomes?: string;
  readonly update?: true;
  readonly profile?: string;
  readonly patience: number;
  readonly settle: number;
  readonly concurrency: number;
  readonly seed: number;
  readonly save?: string;
  readonly json?: true;
}

export function addCheck(badgateway: Command): void {
  badgateway
    .command("check")
    .description("judge a proxy of your own: its backends fail in every way there is, and it is asked what it says")
    .argument("[url-and-scenarios...]", "where the proxy is asked, then ids, families or globs; all unless told")
    .optionsGroup("The way to us:")
    .option(
      "-l, --listen <ports>",
      "where the proxy expects its upstreams: 9000, or 9000,9001 for two; on 127.0.0.1 unless an address is told",
    )
    .option("--map", "the first port of --listen belongs to the URL's port, the next to the next: all are used at once")
    .option("--tls", "the proxy speaks TLS to its upstreams")
    .option("--by-path", "behind the proxy stands “badgateway backend”, wherever it is: each request chooses its fault")
    .optionsGroup("Your configuration, started for you:")
    .option(
      "--config <file>",
      `of nginx, haproxy, caddy, envoy or apache; \${BADGATEWAY_UPSTREAM} stands for our backend`,
    )
    .option("--as <proxy>", "what the configuration is for, or what the proxy is; by name and content unless told")
    .option("--via <way>", "local or container", "local")
    .option(
      "--concurrency <number>",
      "how many of it run at once, where ports are left open",
      wholeNumber("--concurrency", 1),
      6,
    )
    .optionsGroup("What is expected:")
    .option(
      "-t, --timers <list>",
      "those of the proxy, as in head=60s,connect=5s; what is not told is not judged",
      toldTimers,
    )
    .option("--config-file <file>", "timers, expectations, what is left out (default: badgateway.config.ts or .json)")
    .option("--outcomes <file>", "what was recorded (default: badgateway.outcomes.json beside it)")
    .option("--profile <name>", "what a managed proxy documents, as in aws-alb; what is unconfirmed only warns")
    .option("--update", "record what comes as what is expected from now on")
    .optionsGroup("The run:")
    .option("--patience <time>", "how long a client waits for an answer", duration("--patience"), patient.patience)
    .option(
      "--settle <time>",
      "how long the proxy may take to find a sound backend again",
      duration("--settle"),
      patient.settle,
    )
    .option("--seed <number>", "what every choice made by chance follows from", wholeNumber("--seed", 0), 1)
    .option("--save <folder>", "write every trial to a file of its own, and run.json")
    .option("--json", "write one JSON document in place of the text")
    .addHelpText("after", examples)
    .action(async (words: string[], options: CheckCommandOptions) => {
      const { checkCommand } = await import("./check.ts");
      process.exitCode = await checkCommand(words, options);
    });
}

const examples = `
Examples:
  badgateway check http://127.0.0.1:8080 --listen 9000
  badgateway check http://127.0.0.1:8080 --listen 9000-9007 --map 'slow/*'
  badgateway check https://my-balancer.example --by-path --profile aws-alb
  badgateway check --config nginx.conf --update
  badgateway check http://127.0.0.1:8080 --listen 9000 --config haproxy.cfg --via container

Exit codes: 0 all as expected, 1 something is not or nothing could be said, 2 wrong usage or no proxy there,
130 and 143 interrupted.`;
