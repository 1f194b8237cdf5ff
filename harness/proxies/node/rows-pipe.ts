import type { Row } from "./dialect-of.ts";

const reason =
  "A response that breaks off is no end of a stream: a pipe hands neither its “aborted” nor its “error” on, and nobody " +
  "ends the client's response.";

/** What follows when the response is piped and nobody listens to how it ends. @param source where it is piped */
export function plainPipe(source: string): readonly Row[] {
  return [
    {
      on: {
        glob: "crash/{close-before-body,close-mid-body,close-mid-body-burst,close-mid-chunk,close-mid-large-body,close-without-last-chunk,process-dies-mid-body}",
      },
      answers: "hang",
      reason,
      source,
    },
    { on: { id: "crash/close-delimited-fin" }, remedied: true, answers: "hang", reason, source },
  ];
}

/** The same, when a timer destroys the request without an error that anybody hears. */
export function pipeAfterTimer(source: string): readonly Row[] {
  return [{ on: { id: "slow/stalled-body" }, answers: "hang", at: "never", reason, source }];
}
