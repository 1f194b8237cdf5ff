import type { Backend, Fault } from "../fault.ts";
import { freePort } from "../net/listen.ts";
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
      const port = stage.port || (await freePort(stage.address));
      const response = Buffer.from(render(answer("200 OK", { Connection: "close" }), stage)).toString("hex");
      const command = ["perl", "-e", queueingServer, stage.address, String(port), response];
      const listening = startReporter([stage], command, { limit: `ulimit -n ${limit}` });
      listening.catch(() => {}); // `arm` and whoever waits for `sound` hear of it
      const probes = new DisposableStack();
      let prove: () => void = () => {};
      return {
        url: `http://${stage.address}:${port}`,
        sound: listening,
        async arm() {
          const { arm, reported } = await listening;
          arm();
          await reported("emfile");
          const probe = probes.use(await openSilentProbe(stage, port));
          await reported("accept-failed"); // the limit alone proves nothing
          prove = () => stillSilent(stage, probe);
        },
        prove: async () => prove(),
        async [Symbol.asyncDispose]() {
          probes.dispose();
          const server = await listening.catch(() => undefined); // it has ended then
          await server?.child[Symbol.asyncDispose]();
        },
      };
    },
  };
}
