import type { RunFacts } from "../report/facts.ts";
import { packageVersion } from "../version.ts";

/** What is found here: the program, the machine, when it began and how long it took. */
type Found = "badgateway" | "node" | "platform" | "date" | "took";

/** Notes that a run begins. @returns what puts its facts together when it has ended */
export function beginFacts(): (told: Omit<RunFacts, Found>) => RunFacts {
  const date = new Date().toISOString();
  const clock = performance.now();
  return (told) => ({
    badgateway: packageVersion(),
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    date,
    took: Math.round(performance.now() - clock),
    ...told,
  });
}
