/**
 * The whole catalogue on the gateway: wall clock from a cold start of the program, peak memory,
 * and how late each answer comes behind the timer it belongs to.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { loadScenarios } from "../harness/folder.ts";
import type { Trial } from "../harness/trial.ts";
import { median } from "./median.ts";

const rounds = Number(process.argv[2] ?? 5);
const main = join(import.meta.dirname, "..", "harness", "cli", "main.ts");
const timerOf = new Map((await loadScenarios()).flatMap(({ id, at }) => (at ? [[id, at] as const] : [])));
const walls: number[] = [];
const late: number[] = [];
let failed = 0;
for (let round = 0; round < rounds; round++) {
  const start = performance.now();
  const child = spawn(process.execPath, [main, "run", "--proxy", "gateway", "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  walls.push(performance.now() - start);
  if (code !== 0) failed++;
  const cells: { trial?: Trial }[] = JSON.parse(output).cells;
  for (const { trial } of cells) {
    const timer = trial && !trial.remedied && timerOf.get(trial.scenario);
    if (timer) late.push(...trial.exchanges.map(({ took }) => took - trial.plan.timers[timer]));
  }
}
const percentile = (share: number) =>
  late.toSorted((a, b) => a - b)[Math.floor((late.length - 1) * share)] ?? Number.NaN;
console.log(`the whole catalogue on the gateway, ${rounds} runs, ${failed} failed`);
console.log(
  `  wall clock: median ${(median(walls) / 1000).toFixed(2)} s, most ${(Math.max(...walls) / 1000).toFixed(2)} s`,
);
console.log(
  `  behind the timer (${late.length} answers): median ${percentile(0.5).toFixed(0)} ms, 95 % ${percentile(0.95).toFixed(0)} ms, most ${percentile(1).toFixed(0)} ms`,
);
