import { type Backend, type Fault, openSound } from "../fault.ts";
import { withDeadline } from "../net/deadline.ts";
import type { Timers } from "../plan.ts";

export interface Hopping {
  /** As which proxy the hop answers: `aws-alb`, `nginx`. */
  readonly as: string;
  /** What it is in the chain, in one word; its acts are named after it: `balancer-answers`. */
  readonly role: string;
  /** Its timers in terms of the run's. What is left out is ten times as long: it is not what the scenario is about. */
  readonly timers?: (run: Timers) => Partial<Timers>;
}

/**
 * A proxy between the one that is measured and a fault. Notes, under its role, what becomes of every request:
 * `<role>-answers` in its own words, `<role>-relays` those of its upstream, `<role>-breaks-off`, or `<role>-is-deserted`
 * when whoever asked has left.
 *
 *     client ──▶ proxy ──▶ hop ──▶ fault
 */
export function through({ as, role, timers = () => ({}) }: Hopping, fault: Fault): Fault {
  return {
    ...(fault.needs && { needs: fault.needs }),
    ...(fault.missing && { missing: () => fault.missing?.() ?? Promise.resolve(undefined) }),
    async open(stage): Promise<Backend> {
      await using opening = new AsyncDisposableStack();
      const backend = opening.use(await openSound(fault, stage));
      const hop = opening.use(
        await stage.hop({
          as,
          upstreams: [backend.url],
          timers: { ...tenfold(stage.timers), ...timers(stage.timers) },
          told: ({ did, detail }) => stage.note(`${role}-${did}`, `${detail}`),
        }),
      );
      const open = opening.move();
      return {
        url: hop.url,
        arm: () => backend.arm(new URL(hop.url)),
        async prove() {
          await withDeadline(hop.ended(), 15_000, `The requests at the ${role} have not ended`);
          await backend.prove?.();
        },
        [Symbol.asyncDispose]: () => open.disposeAsync(),
      };
    },
  };
}

function tenfold(run: Timers): Timers {
  const { resolve, connect, tls, send, head, idle } = run;
  return {
    resolve: 10 * resolve,
    connect: 10 * connect,
    tls: 10 * tls,
    send: 10 * send,
    head: 10 * head,
    idle: 10 * idle,
    total: 0,
  };
}
