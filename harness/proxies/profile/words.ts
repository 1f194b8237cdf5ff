import type { Cause } from "../../cause.ts";
import type { Profile } from "../../gateway/profile.ts";
import { answerOf } from "../../gateway/profile-answer.ts";

/** What a vendor calls a cause, with the status that goes with it and how sure that is: `` `H12`, 503 (documented) ``. */
export function vendorWords(profile: Profile, cause: Cause): string {
  if (profile.trusting && cause === "tls_certificate_error")
    return `certificates are not verified (${profile.trusting.mark})`;
  const { status, reason, word, mark } = answerOf(profile, cause);
  const number = word === String(status) || word === undefined ? `${status} ${reason}` : String(status);
  return `${word === undefined ? "" : `\`${word}\`, `}${number} (${mark})`;
}
