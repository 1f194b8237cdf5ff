/**
 * The process that serves routes with one Node proxy. Says `ready` once it listens on all of them, and afterwards says
 * every line it is told when all it had to do before has been done.
 */
import { appendFileSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { dieApart, live, recordDeaths } from "./life.ts";
import type { Orders, Serve } from "./serve.ts";

const { program, routes }: Orders = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8"));
const { default: serve }: { default: Serve } = await import(program);

await Promise.all(
  routes.map((route) => live(route, async () => serve(route.plan, (words) => appendFileSync(route.log, `${words}\n`)))),
);
recordDeaths();
if (routes.length > 1) dieApart();
createInterface({ input: process.stdin }).on("line", (line) => setImmediate(() => console.log(line)));
console.log("ready");
