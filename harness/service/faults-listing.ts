import type { NamedScenario } from "../scenario.ts";
import { choiceOf } from "./choice.ts";

/** What the index tells of one fault. */
export interface Listed {
  readonly id: string;
  readonly title: string;
  /** How one asks for it. */
  readonly by: "request" | "port" | "name";
  /** `/crash/reset-after-request`. */
  readonly path?: string;
  /** The server name (SNI) to ask for at the TLS port. */
  readonly serverName?: string;
  /** The port at which it is met. */
  readonly port?: number;
}

export interface ListingContext {
  readonly scenarios: readonly NamedScenario[];
  /** Where faults have ports of their own. */
  readonly ports: ReadonlyMap<string, number>;
  /** Unset: TLS is not spoken. */
  readonly tlsPort?: number;
}

/** All that can be asked for here, in order of family and name. */
export function listing({ scenarios, ports, tlsPort }: ListingContext): Listed[] {
  return scenarios.flatMap((scenario): Listed[] => {
    const { id, title } = scenario;
    const by = choiceOf(scenario);
    const port = ports.get(id);
    if (by === "request") return [{ id, title, by, path: `/${id}` }];
    if (by === "name" && tlsPort !== undefined) return [{ id, title, by, serverName: nameFor(id), port: tlsPort }];
    return by !== undefined && port !== undefined ? [{ id, title, by: "port", port }] : [];
  });
}

/** Below this name every TLS fault has one of its own. */
export const tlsDomain = "upstream.test";

function nameFor(id: string): string {
  return `${id.split("/")[1]}.${tlsDomain}`;
}
