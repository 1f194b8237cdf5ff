import { timersText } from "../report/command.ts";
import { type CheckCommandOptions, patient } from "./check-command.ts";

/** What one types to have the same proxy checked again, up to the scenarios. */
export function checkAgain(url: URL | undefined, options: CheckCommandOptions): string {
  const { config, as, via, listen, map, tls, byPath, timers, configFile, outcomes, profile } = options;
  const told: readonly (readonly [string, string | true | undefined])[] = [
    ["--config", config],
    ["--as", as],
    ["--via", via === "local" ? undefined : via],
    ["--listen", listen],
    ["--map", map],
    ["--tls", tls],
    ["--by-path", byPath],
    ["--timers", timers && timersText(timers)],
    ["--config-file", configFile],
    ["--outcomes", outcomes],
    ["--profile", profile],
    ["--patience", options.patience === patient.patience ? undefined : `${options.patience}ms`],
    ["--settle", options.settle === patient.settle ? undefined : `${options.settle}ms`],
  ];
  const words = told.flatMap(([name, value]) =>
    value === undefined ? [] : value === true ? [name] : [name, quoted(value)],
  );
  return ["badgateway check", ...(url ? [quoted(url.href)] : []), ...words].join(" ");
}

/** As a shell takes it for one word. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
