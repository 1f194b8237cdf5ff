import { type Cause, recommendedStatus } from "../../cause.ts";
import type { Entry, Knowledge } from "../knowledge.ts";

const causes = Object.keys(recommendedStatus) as Cause[];

/** The access log of our own gateway, and any other text that has an error type of RFC 9209 as a word of its own. */
export default {
  proxy: "gateway",
  title: "badgateway gateway, and whoever speaks RFC 9209",
  kind: "proxy",
  voice: /^(?:\S+Z +)?(?:\d{3}|-) +(?:own|relayed|cut|switched|gone) /,
  entries: causes.map(
    (cause): Entry => ({
      pattern: new RegExp(`(?:^|[\\s=";,])${cause}(?:[\\s";,]|$)`),
      words: cause,
      meaning: `The error type ${cause} of RFC 9209, for which it recommends the status ${recommendedStatus[cause]}.`,
      causes: [cause],
      source: "RFC 9209 §2.3",
    }),
  ),
} satisfies Knowledge;
