import { type Command, Option } from "commander";
import type { Timers } from "../plan.ts";
import { timersText } from "./program-timers.ts";
import { toldTimers } from "./timers.ts";
import { again, duration, octets, wholeNumber } from "./values.ts";

/** What was typed behind `badgateway gateway`. */
export interface GatewayCommandOptions {
  readonly upstream: readonly string[];
  readonly listen: string;
  readonly resolver?: string;
  readonly ca?: string;
  readonly certificate?: string;
  readonly key?: string;
  readonly serverName?: string;
  readonly profile?: string;
  /** Those that differ. */
  readonly timers: Partial<Timers>;
  readonly retries?: number;
  readonly headLimit?: number;
  readonly keepAlive: boolean;
  readonly maxConnections?: number;
  readonly maxQueue?: number;
  readonly queueTimeout?: number;
  readonly healthCheck?: string;
  readonly healthInterval?: number;
  readonly healthRise?: number;
  readonly healthFall?: number;
  readonly maxFails?: number;
  readonly failTimeout?: number;
  readonly log: string;
  readonly name?: string;
  readonly drain: number;
}

export function addGateway(badgateway: Command): void {
  badgateway
    .command("gateway")
    .description(
      "a reverse proxy that answers every fault of its upstreams as RFC 9110, 9112 and 9209 ask, and logs the cause",
    )
    .optionsGroup("Where to:")
    .option(
      "-u, --upstream <url>",
      "http://host:port, https://host:port or unix:/path; given again: one more, they take turns",
      again,
    )
    .option("-l, --listen <address:port>", "where clients connect; port 0 takes one that is free", "127.0.0.1:8080")
    .option("--resolver <address:port>", "name server that is asked for the upstreams' names (default: the system's)")
    .option(
      "--profile <name>",
      "answer as a managed proxy does (aws-alb, cloudflare, heroku …), or as one that was measured (nginx, haproxy …)",
    )
    .optionsGroup("TLS towards https upstreams:")
    .option("--ca <file>", "PEM file with the authorities trusted (default: the system's)")
    .option("--certificate <file>", "PEM file with the certificate shown to an upstream that asks for one")
    .option("--key <file>", "PEM file with its private key")
    .option("--server-name <name>", "name sent as SNI and looked for in the certificate (default: the upstream's host)")
    .optionsGroup("Patience:")
    .addOption(
      new Option("-t, --timers <list>", "those that differ, as in connect=1s,head=500ms; 0 for total is none")
        .argParser(toldTimers)
        .default({}, `${timersText}; with --profile its vendor's`),
    )
    .option(
      "--retries <number>",
      "further upstreams to try when one fails; what could do harm is not repeated (default: 0)",
      wholeNumber("--retries", 0),
    )
    .addOption(sizeOption())
    .optionsGroup("Connections to an upstream:")
    .option("--no-keep-alive", "open a new one for every request")
    .option("--max-connections <number>", "the most at a time (default: no limit)", wholeNumber("--max-connections", 1))
    .option("--max-queue <number>", "requests that may wait for one (default: none may)", wholeNumber("--max-queue", 1))
    .option("--queue-timeout <time>", "how long each may wait (default: 5s)", duration("--queue-timeout"))
    .optionsGroup("Upstreams that are down:")
    .option("--health-check <path>", "ask every upstream for this path; 2xx is good (default: nobody is asked)")
    .option("--health-interval <time>", "from one check to the next (default: 2s)", duration("--health-interval"))
    .option(
      "--health-rise <number>",
      "good answers in a row that bring one back (default: 2)",
      wholeNumber("--health-rise", 1),
    )
    .option(
      "--health-fall <number>",
      "bad ones in a row that take it out (default: 3)",
      wholeNumber("--health-fall", 1),
    )
    .option(
      "--max-fails <number>",
      "failed requests in a row that take one out (default: none do)",
      wholeNumber("--max-fails", 1),
    )
    .option("--fail-timeout <time>", "for how long (default: 10s)", duration("--fail-timeout"))
    .optionsGroup("The program:")
    .option(
      "--log <format>",
      "a line for each request on standard output: text, json, vendor (in the format of the profile) or none",
      "text",
    )
    .option("--name <token>", "what it calls itself in Via and Proxy-Status (default: a new name at every start)")
    .addOption(
      new Option("--drain <time>", "how long requests under way may take after Ctrl-C or SIGTERM")
        .argParser(duration("--drain", "not at all"))
        .default(30_000, "30s"),
    )
    .addHelpText("after", examples)
    .action(async (options: Omit<GatewayCommandOptions, "upstream"> & Partial<GatewayCommandOptions>) => {
      const { gatewayCommand } = await import("./gateway.ts");
      process.exitCode = await gatewayCommand({ upstream: [], ...options });
    });
}

function sizeOption(): Option {
  return new Option(
    "--head-limit <size>",
    "the largest response head taken from an upstream (default: 32KiB)",
  ).argParser(octets("--head-limit"));
}

const examples = `
Examples:
  badgateway gateway --upstream http://127.0.0.1:9001
  badgateway gateway -u http://a:9001 -u http://b:9001 --retries 1 --timers connect=1s,head=5s
  badgateway gateway -u https://127.0.0.1:9443 --ca ca.pem --server-name shop.example --log json
  badgateway gateway -u unix:/run/app.sock --listen 8080
  badgateway gateway -u http://127.0.0.1:9001 --profile cloudflare --log vendor

The first Ctrl-C or SIGTERM lets the requests under way end, the second does not.
Exit codes: 0 ended by a signal, 2 wrong usage, 130 and 143 by a second signal.`;
