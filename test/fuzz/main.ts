import { parseArgs } from "node:util";
import { checkAnyBytes } from "./property.ts";

const { values } = parseArgs({ options: { runs: { type: "string", default: "20000" }, seed: { type: "string" } } });
const runs = Number(values.runs);
const seed = values.seed === undefined ? Date.now() & 0x7fffffff : Number(values.seed);
if (!Number.isInteger(runs) || runs < 1)
  throw new RangeError(`--runs: wanted a whole number from 1, got ${values.runs}`);
if (!Number.isInteger(seed)) throw new RangeError(`--seed: wanted a whole number, got ${values.seed}`);
const start = performance.now();
console.log(`fuzzing the gateway with ${runs} cases, seed ${seed}`);
const done = await checkAnyBytes(runs, seed, (count) => count % 10_000 === 0 && console.log(`  ${count}`));
console.log(`${done} cases, none wrong, in ${((performance.now() - start) / 1000).toFixed(0)} s`);
