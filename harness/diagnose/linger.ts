import { afterNextPoll } from "../net/next-poll.ts";
import { type Line, wasReset } from "./line.ts";

/** What comes on a line on which nothing is asked. */
export interface Lingered {
  readonly octets: number;
  readonly ended: boolean;
  readonly reset: boolean;
}

/** Listens until the upstream says something, closes, or the time is over. */
export function linger(line: Line, milliseconds: number): Promise<Lingered> {
  const { stream } = line;
  const { promise, resolve } = Promise.withResolvers<Lingered>();
  let octets = 0;
  let ended = stream.readableEnded || stream.destroyed;
  const done = () => resolve({ octets, ended, reset: wasReset(line) });
  const heard = (bytes: Buffer) => {
    octets += bytes.length;
    done();
  };
  const over = () => {
    ended = true;
    done();
  };
  // What has arrived by then is still read: on a busy machine the clock may come first.
  const clock = setTimeout(() => afterNextPoll(done), milliseconds);
  stream.on("data", heard);
  for (const event of endings) stream.on(event, over);
  if (ended) done();
  return promise.finally(() => {
    clearTimeout(clock);
    stream.off("data", heard);
    for (const event of endings) stream.off(event, over);
  });
}

const endings = ["end", "close", "error"] as const;
