import { connect } from "node:net";
import { text } from "node:stream/consumers";

/** The admin socket's name in the folder in which HAProxy runs. */
export const adminSocket = "admin.sock";

/** Milliseconds that HAProxy may take to answer. */
const patience = 1_000;

/**
 * What HAProxy keeps of the last response of a backend that it could not parse: where in which state its parser stopped.
 * It answers between two turns of its loop, so that what it had to log before has been written by then.
 * @returns nothing when there was no such response, or when HAProxy is gone or does not answer
 */
export async function parseErrors(socket: string, backend: string): Promise<string[]> {
  const asked = connect({ path: socket, signal: AbortSignal.timeout(patience) });
  asked.end(`show errors ${backend} response\n`);
  const answer = await text(asked).catch(() => "");
  const position = /error at position (\d+)/.exec(answer)?.[1];
  const state = /H1 msg state (\w+)/.exec(answer)?.[1];
  return position && state ? [`show errors: invalid response, ${state}, error at position ${position}`] : [];
}
