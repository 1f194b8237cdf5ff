import type { NamedScenario } from "./scenario.ts";

/** The scenarios of a run: each one, followed by its remedied form where it has one. */
export function withRemedies(scenarios: readonly NamedScenario[]): NamedScenario[] {
  return scenarios.flatMap((scenario) => {
    const cured = remedied(scenario);
    return cured ? [scenario, cured] : [scenario];
  });
}

/** The same scenario with the cause taken away. It is an experiment of its own, judged like any other. */
function remedied({ remedy, cause: _, at: __, ...scenario }: NamedScenario): NamedScenario | undefined {
  if (!remedy) return undefined;
  return {
    ...scenario,
    remedied: true,
    plan: { ...scenario.plan, ...remedy.plan },
    upstreams: remedy.upstreams ?? scenario.upstreams,
    asks: (remedy.asks ?? scenario.asks ?? [{}]).map(({ claim: _, ...ask }, index) => {
      const claim = remedy.asks?.[index]?.claim;
      return claim === undefined ? ask : { ...ask, claim };
    }),
    claim: remedy.claim ?? "clean",
    proof: remedy.proof ?? [],
  };
}

/** `slow/late-answer`, or `slow/late-answer, remedied`. */
export function label({ id, remedied }: Pick<NamedScenario, "id" | "remedied">): string {
  return remedied ? `${id}, remedied` : id;
}
