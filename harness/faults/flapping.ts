import type { Fault } from "../fault.ts";
import { checkedServer, lose, serve } from "./checked.ts";
import { seeded } from "./seeded.ts";

export interface Schedule {
  /** Up for at least and at most so many requests. */
  readonly up: readonly [least: number, most: number];
  /** Down for at least and at most so many checks. */
  readonly down: readonly [least: number, most: number];
  /** Tells two schedules of one run apart; 0 unless told. */
  readonly seed?: number;
}

/**
 * A server that comes and goes by a schedule that the seed of the run decides, counted in what reaches it and not in
 * time: it serves so many requests, dies of the next one, and is down until so many checks have failed. Then again.
 * Notes `well`, `dead`, `check-failed`, `request-read`, `request-lost`, `seen-dead` and `seen-well`.
 */
export function flapping(path: string, { up, down, seed = 0 }: Schedule): Fault {
  return checkedServer(path, (server, stage) => {
    const chance = seeded(stage.seed, seed);
    const between = ([least, most]: readonly [number, number]) => least + Math.floor(chance() * (most - least + 1));
    let requests = between(up);
    const fall = async () => {
      server.become("dead");
      await server.checked(between(down));
      requests = between(up);
      server.become("well");
    };
    return {
      async handle(peer, request) {
        if (server.health === "well" && requests === 0) void fall();
        if (server.health === "dead") return lose(peer, request);
        requests -= 1;
        return serve(peer, request);
      },
    };
  });
}
