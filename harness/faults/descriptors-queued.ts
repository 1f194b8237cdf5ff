import type { Backend, Fault } from "../fault.ts";
import { portAt } from "../net/listen.ts";
import { onDemand } from "../net/on-demand.ts";
import { findProgram } from "../net/program.ts";
import { queueingServer } from "./apps/queueing-server.ts";
import { answer, render } from "./content.ts";
import { startReporter } from "./reporter.ts";
import { openSilentProbe, stillSilent } from "./silent-probe.ts";

/**
 * A server at its descriptor limit that leaves connections in the kernel's queue: accepted by the kernel, read by nobody.
 * Notes `emfile`, `probe-accepted`, `accept-failed`, `probe-unanswered`.
 * @param limit how many descriptors the server may have
 */
export function descriptorsQueued(limit = 32): Fault {
  return {
    async missing() {
      return (await findProgram("perl")) ? undefined : "no perl on the PATH: apt-get install perl-base";
    },
    async open(stage): Promise<Backend> {
      const port = await portAt(stage.address, stage.port);
      const response = Buffer.from(render(answer("200 OK", { Connection: "close" }), stage)).toString("hex");
      const command = ["perl", "-e", queueingServer, stage.address, String(port), response];
      const open = new AsyncDisposableStack();
      const server = open.use(onDemand(() => startReporter([stage], command, { limit: `ulimit -n ${limit}` })));
      let prove: () => void = () => {};
      return {
        url: `http://${stage.address}:${port}`,
        start: server.start,
        async arm() {
          const { arm, reported } = await server.start();
          arm();
          await reported("emfile");
          const probe = open.use(await openSilentProbe(stage, port));
          await reported("accept-failed"); // the limit alone proves nothing
          prove = () => stillSilent(stage, probe);
        },
        prove: async () => prove(),
        [Symbol.asyncDispose]: () => open.disposeAsync(),
      };
    },
  };
}
