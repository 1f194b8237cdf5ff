import { readFile } from "node:fs/promises";
import type { Backend, Fault } from "../fault.ts";
import { portAt } from "../net/listen.ts";
import { onDemand } from "../net/on-demand.ts";
import { openProbe } from "../net/pending-probe.ts";
import { answer, render } from "./content.ts";
import { startDeafServer } from "./deaf-server.ts";

/** Linux lets one connection more into a queue than its backlog of 1 says. */
const queueLength = 2;

/** Milliseconds within which the kernel completes a handshake with itself. */
const patience = 2_000;

/** Says whether the kernel drops a handshake that finds the queue full (0), or resets it (1). */
const overflowSetting = "/proc/sys/net/ipv4/tcp_abort_on_overflow";

/**
 * A listener that never accepts, its queue filled by two connections of our own: the kernel drops every further SYN,
 * as if the packets went into a black hole. An own connect from before the asks is still unanswered when they have ended.
 * Notes `queue-full`, `probe-sent`, `probe-unanswered`.
 */
export function blackHole(): Fault {
  return {
    strikes: "before-connection",
    async missing() {
      const setting = await readFile(overflowSetting, "utf8").catch(() => undefined);
      if (setting === undefined) return "the kernel's full queues answer otherwise: this needs Linux";
      return setting.trim() === "0"
        ? undefined
        : "full queues reset connections: sysctl -w net.ipv4.tcp_abort_on_overflow=0";
    },
    async open(stage): Promise<Backend> {
      const port = await portAt(stage.address, stage.port);
      const open = new AsyncDisposableStack();
      const server = open.use(onDemand(() => startDeafServer(stage.address, port, render(answer(), stage))));
      const where = `${stage.address}:${port}`;
      const knock = () => open.use(openProbe(stage.address, port));
      let prove = () => {};
      return {
        url: `http://${where}`,
        start: server.start,
        async arm() {
          const { deafen } = await server.start();
          await deafen();
          await Promise.all(Array.from({ length: queueLength }, () => knock().connected(patience)));
          stage.note("queue-full", `${queueLength} connections that nobody accepts`);
          const probe = knock();
          stage.note("probe-sent", where);
          prove = () => {
            const state = probe.state();
            if (state !== "connecting")
              throw new Error(`${where}: wanted our own connect to be unanswered, but it was ${state}`);
            stage.note("probe-unanswered", where);
          };
        },
        prove: async () => prove(),
        [Symbol.asyncDispose]: () => open.disposeAsync(),
      };
    },
  };
}
