import { setTimeout } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { outliving } from "../../harness/faults/outliving.ts";
import { startChild } from "../../harness/net/child.ts";

/** Milliseconds in which a shell that wants to end has ended. */
const stillness = 250;

/** Reads its standard input as our application does, repeats what it hears, and is killed as if for its memory. */
const program = `
  process.stdin.setEncoding("utf8").on("data", (line) => {
    if (line === "die\\n") process.kill(process.pid, "SIGKILL");
    else process.stdout.write(process.pid + " heard " + line);
  });
`;

test("the shell hands on what it is told, outlives its program until told the end, and has its exit status", async () => {
  await using shell = await startChild("/bin/sh", ["-c", outliving, "sh", process.execPath, "--eval", program]);
  shell.tell(String.raw`a line\nof its own`);
  const heard = (line: string) => /^(\d+) heard a line\\nof its own$/.exec(line)?.[1];
  const pid = Number(await shell.heard(heard, 10_000, "The program did not hear"));
  shell.tell("die");
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow("ESRCH"), 10_000);
  shell.tell("nobody is there to hear this");
  shell.tell("nor this");
  const patient = setTimeout(stillness, "it is still there");
  expect(await Promise.race([shell.exited, patient])).toBe("it is still there");
  shell.tell("end");
  expect(await shell.exited).toEqual({ code: 128 + 9, signal: null });
});
