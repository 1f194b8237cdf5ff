import type { Proof } from "../../scenario.ts";
import { claimsText } from "../claim.ts";
import type { ScenarioRecord } from "../scenario-record.ts";
import type { FaultText } from "./data.ts";

/** What the page tells of a fault. */
export function faultText({ story, ...scenario }: ScenarioRecord): FaultText {
  const { title, causes, claims, at, proof, racy, spec, remedied } = scenario;
  return {
    title,
    causes,
    claim: claimsText(claims, causes),
    ...(at && { at }),
    proof: proof.map(proofText),
    ...(racy !== undefined && { racy }),
    ...story,
    spec,
    ...(remedied && { remedied: claimsText(remedied.claims, []) }),
  };
}

/** `upstream 1: request-read, twice`. */
function proofText({ act, upstream, times }: Proof): string {
  const often = times === undefined ? "" : `, ${oftenText(times)}`;
  return `${upstream === undefined ? "" : `upstream ${upstream}: `}${act}${often}`;
}

function oftenText(times: NonNullable<Proof["times"]>): string {
  const [least, most] = typeof times === "number" ? [times, times] : times;
  if (most === undefined) return `at least ${counted(least)}`;
  return least === most ? counted(least) : `${least} to ${most} times`;
}

function counted(times: number): string {
  return ["never", "once", "twice"][times] ?? `${times} times`;
}
