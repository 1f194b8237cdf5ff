import type { Command } from "commander";

export function addExplain(badgateway: Command): void {
  badgateway
    .command("explain")
    .description("say what a log line, an error message, a Proxy-Status field or a status stands for")
    .argument("[text...]", "the text; standard input unless told, a line at a time")
    .option("--log <line>", "the text, where it begins with a dash")
    .option("--json", "write one JSON document")
    .addHelpText("after", "\nExit codes: 0 recognised, 1 nothing was, 2 wrong usage.")
    .action(async (words: string[], options: { log?: string; json?: true }) => {
      const { explainCommand } = await import("./explain.ts");
      process.exitCode = await explainCommand([...words, options.log ?? ""].join(" "), options);
    });
}
