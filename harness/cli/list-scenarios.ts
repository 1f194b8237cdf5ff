import { aligned } from "../report/aligned.ts";
import { claimText } from "../report/claim.ts";
import { cutOff, paragraph } from "../report/lines.ts";
import type { View } from "../report/paint.ts";
import { plural, signOf } from "../report/words.ts";
import { causesOf, type NamedScenario } from "../scenario.ts";
import { selectScenarios } from "../select/scenarios.ts";
import { loadCatalogue } from "./catalogue.ts";
import { terminalView } from "./terminal.ts";

/** What `--json` tells of a scenario. */
interface Entry {
  readonly scenario: string;
  readonly title: string;
  readonly claim: string;
  readonly causes: readonly string[];
  /** It has a remedied form. */
  readonly remedy: boolean;
  /** What this machine lacks for it, with the command that supplies it. */
  readonly missing?: string;
}

/** `badgateway list scenarios`. */
export async function listScenarios(
  words: readonly string[],
  { json, catalogue }: { readonly json?: true; readonly catalogue?: string },
): Promise<void> {
  const scenarios = selectScenarios(await loadCatalogue(catalogue), words);
  const entries = await Promise.all(scenarios.map(entryOf));
  process.stdout.write(`${json ? JSON.stringify(entries) : listing(entries, terminalView())}\n`);
}

async function entryOf(scenario: NamedScenario): Promise<Entry> {
  const lacks = await Promise.all(scenario.upstreams.map((fault) => fault.missing?.()));
  const missing = lacks.find((lack) => lack !== undefined);
  return {
    scenario: scenario.id,
    title: scenario.title,
    claim: claimText(scenario),
    causes: causesOf(scenario),
    remedy: scenario.remedy !== undefined,
    ...(missing !== undefined && { missing }),
  };
}

function listing(entries: readonly Entry[], { paint, width }: View): string {
  const widest = (texts: readonly string[]) => Math.max(...texts.map((text) => text.length));
  const room =
    (width ?? 200) - widest(entries.map(({ scenario }) => scenario)) - widest(entries.map(({ claim }) => claim)) - 8;
  const rows = entries.map(({ scenario, title, claim, missing }) => [
    signOf(missing === undefined ? "pass" : "skipped", paint),
    scenario,
    claim,
    ...(room < 16 ? [] : [paint("dim", cutOff(title, room))]),
  ]);
  const missing = Map.groupBy(
    entries.filter((entry) => entry.missing !== undefined),
    (entry) => entry.missing ?? "",
  );
  const notes = [...missing].map(([reason, group]) =>
    paragraph(`${signOf("skipped", paint)} ${plural(group.length, "scenario")} cannot run here: ${reason}`, 0, width),
  );
  const counts = `${plural(entries.length, "scenario")}, ${entries.filter(({ remedy }) => remedy).length} with a remedy`;
  return [aligned(rows), "", ...notes, counts].join("\n");
}
