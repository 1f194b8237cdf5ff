/** The process that serves routes with one Node proxy. Says `ready` once it listens on all of them. */
import { appendFileSync, readFileSync } from "node:fs";
import { dieApart, live, recordDeaths } from "./life.ts";
import type { Orders, Serve } from "./serve.ts";

const { program, routes }: Orders = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8"));
const { default: serve }: { default: Serve } = await import(program);

await Promise.all(
  routes.map((route) =>
    live(route, async () => serve(route.plan, (words) => appendFileSync(route.log, `${words}\n`))),
  ),
);
recordDeaths();
if (routes.length > 1) dieApart();
console.log("ready");
