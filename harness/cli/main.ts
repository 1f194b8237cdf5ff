import { CommanderError } from "commander";
import { messageOf } from "../net/message-of.ts";
import { UnknownName } from "../select/unknown-name.ts";
import { type BrokenOff, brokenOff } from "./interruption.ts";
import { program } from "./program.ts";
import { exitCode, UsageError } from "./usage.ts";

// Whoever reads may have had enough (`| head`): the command goes on, since reports and the exit code are for others.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });

// The code is set, not enforced: the program ends when nothing is left that runs. Whoever interrupts does not wait
// for the clocks of what was under way.
try {
  await program().parseAsync();
} catch (error) {
  process.exitCode = told(error);
  if (brokenOff(error)) process.exit();
}

/** Says what went wrong, in one line unless it is a fault of ours. */
function told(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.asClaimed : exitCode.usage;
  if (error instanceof UsageError || error instanceof UnknownName) return complained(error.message, exitCode.usage);
  const broken = brokenOff(error);
  if (broken) return complained(wordsFor(broken), broken.interruption.exitCode);
  return complained((error instanceof Error && error.stack) || String(error), exitCode.internal);
}

function wordsFor({ interruption, unclosed }: BrokenOff): string {
  const why = unclosed.map((error) => messageOf(error).replaceAll("\n", " "));
  return `${interruption.message}; ${why.length === 0 ? "everything is closed" : `not closed: ${why.join("; ")}`}`;
}

function complained(message: string, code: number): number {
  process.stderr.write(`badgateway: ${message}\n`);
  return code;
}
