import { networkInterfaces } from "node:os";
import { type Backend, type Fault, openSound } from "../fault.ts";
import { holdPort } from "../net/held-port.ts";
import { freshLoopback } from "../net/loopback.ts";
import type { NameReply } from "../net/name-message.ts";
import type { Stage } from "../stage.ts";
import { type NameScript, resolvesTo, type Whereabouts } from "./dns-script.ts";
import { missingSecondAddress, proveRefused } from "./refusal.ts";
import { backendName, serveName } from "./served-name.ts";

const sound = resolvesTo({ A: ["alive"] });

/**
 * A backend that is reached by name, with a resolver that answers soundly until armed. Notes each `query`; where the
 * resolver leads to an address that nobody listens at, `probe-refused` before the asks and after, and
 * `dead-address-told` whenever somebody has asked for it.
 */
export function dns(script: NameScript, behind: Fault): Fault {
  const { dead = [] } = script;
  return {
    async open(stage): Promise<Backend> {
      await using opening = new AsyncDisposableStack();
      const backend = opening.use(await openSound(behind, stage));
      const url = new URL(backend.url);
      const port = Number(url.port);
      const where: Whereabouts = { alive: url.hostname, dead: { A: freshLoopback(), AAAA: "::1" } };
      const name = opening.use(await serveName(stage, (question) => sound.reply(question, where)));
      const prove = async () => {
        for (const family of dead) await proveRefused(stage, where.dead[family], port);
      };
      const open = opening.move();
      return {
        ...backend,
        url: `${url.protocol}//${backendName}:${port}`,
        resolver: name.resolver,
        async arm(route) {
          await backend.arm(route);
          for (const family of dead) open.use(await holdPort(where.dead[family], port));
          await prove();
          name.arm((question) => told(stage, script.reply(question, where), where));
        },
        async prove() {
          await backend.prove?.();
          await prove();
        },
        [Symbol.asyncDispose]: () => open.disposeAsync(),
      };
    },
    async missing() {
      if (dead.includes("A") && missingSecondAddress()) return missingSecondAddress();
      return dead.includes("AAAA") && !hasIPv6() ? missingIPv6 : behind.missing?.();
    },
  };
}

function told(stage: Stage, reply: NameReply, { dead }: Whereabouts): NameReply {
  const addresses = "records" in reply ? reply.records.map(({ data }) => data) : [];
  const gone = addresses.filter((address) => Object.values(dead).includes(address));
  if (gone.length > 0) stage.note("dead-address-told", gone.join(", "));
  return reply;
}

const missingIPv6 = "the IPv6 loopback address: sysctl -w net.ipv6.conf.lo.disable_ipv6=0";

function hasIPv6(): boolean {
  return Object.values(networkInterfaces()).some((found) => found?.some(({ address }) => address === "::1"));
}
