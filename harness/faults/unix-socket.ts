import { randomBytes } from "node:crypto";
import { chmod, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Backend, Fault } from "../fault.ts";
import { probe } from "../net/probe.ts";
import type { Stage } from "../stage.ts";
import { asItIs, type Listener, openListener } from "./listener.ts";
import { healthyScript } from "./script.ts";

/** The socket file is gone: connects fail with ENOENT. Notes `probe-missing` before the asks and after. */
export function socketMissing(): Fault {
  return closedSocket("ENOENT", "probe-missing", (listener) => listener.close()); // which unlinks the file
}

/** The file is left from a server that died: connects fail with ECONNREFUSED. Notes `probe-refused` before the asks and after. */
export function socketStale(): Fault {
  return closedSocket("ECONNREFUSED", "probe-refused", async (listener, path) => {
    const aside = `${path}.aside`;
    await rename(path, aside); // out of reach of the close, which unlinks what has the name
    await listener.close();
    await rename(aside, path);
  });
}

/** A sound server on a unix socket: what shows that the proxy can use one at all. */
export function socketHealthy(): Fault {
  return {
    async open(stage: Stage): Promise<Backend> {
      const path = await pathOn(stage);
      const listener = await openListener(stage, asItIs, path);
      return {
        url: `unix:${path}`,
        arm: async () => listener.arm(healthyScript),
        [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose](),
      };
    },
  };
}

/** Somebody listens, but we may not connect: connects fail with EACCES. Notes `probe-denied` before the asks and after. */
export function socketForbidden(): Fault {
  return {
    ...closedSocket("EACCES", "probe-denied", (_, path) => chmod(path, 0o000)),
    async missing() {
      const root = process.getuid?.() === 0;
      return root ? "needs an unprivileged user, since root may open any socket: sudo -u nobody …" : undefined;
    },
  };
}

function closedSocket(code: string, act: string, leave: (listener: Listener, path: string) => Promise<void>): Fault {
  return {
    strikes: "before-connection",
    async open(stage: Stage): Promise<Backend> {
      const path = await pathOn(stage);
      const listener = await openListener(stage, asItIs, path);
      const prove = async () => {
        const came = await probe({ path });
        if (came !== code) throw new Error(`${path}: wanted a connect to fail with ${code}, got ${came}`);
        stage.note(act, path);
      };
      return {
        url: `unix:${path}`,
        async arm() {
          await leave(listener, path);
          await prove();
        },
        prove,
        async [Symbol.asyncDispose]() {
          await listener[Symbol.asyncDispose]();
          await rm(path, { force: true });
        },
      };
    },
  };
}

async function pathOn(stage: Stage): Promise<string> {
  // Several of one scene share the folder.
  return join(await stage.folder(), `${randomBytes(3).toString("hex")}.sock`);
}
