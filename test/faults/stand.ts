import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Fault } from "../../harness/fault.ts";
import { type Grounds, openGrounds } from "../../harness/lab/grounds.ts";
import { withDeadline } from "../../harness/net/deadline.ts";
import { type OneFault, openFault } from "./one-fault.ts";

/** A fault on its own, armed, to be met by bare sockets. */
export interface Stand extends OneFault {
  /** As the proxy would be told. */
  readonly url: string;
  readonly port: number;
  readonly host: string;
  /** Arms the fault, if it was opened sound. */
  arm(): Promise<void>;
}

let grounds: Promise<Grounds> | undefined;

export async function openStand(fault: Fault, { seed = 1, armed = true } = {}): Promise<Stand> {
  grounds ??= openGrounds();
  const one = await openFault(fault, await grounds, seed);
  const { url } = one.backend;
  const { hostname: host, port } = new URL(url);
  const arm = () => one.arm(new URL(url));
  if (armed) await arm();
  return {
    ...one,
    url,
    host,
    port: Number(port),
    arm,
    get notes() {
      return one.notes;
    },
    get connections() {
      return one.connections;
    },
  };
}

/** To be called when a file's tests are over. */
export async function clearGrounds(): Promise<void> {
  await (await grounds)?.[Symbol.asyncDispose]();
}

export interface BareSocket {
  readonly socket: Socket;
  /** What has come so far. */
  readonly text: string;
  /** `fin`, or the code of the error that ended it. */
  ending(): Promise<string>;
}

/** Connects and keeps everything that comes. */
export async function dial({ host, port }: Pick<Stand, "host" | "port">): Promise<BareSocket> {
  const socket = connect({ host, port, allowHalfOpen: true });
  let text = "";
  const ended = new Promise<string>((resolve) => {
    socket.on("data", (bytes) => {
      text += bytes.toString("latin1");
    });
    socket.on("end", () => resolve("fin"));
    socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
  await Promise.race([once(socket, "connect").catch(() => {}), ended]); // a reset may come before the connect is told
  return {
    socket,
    get text() {
      return text;
    },
    ending: () => withDeadline(ended, 5_000, "the connection did not end"),
  };
}

export const get = "GET / HTTP/1.1\r\nHost: backend.test\r\n\r\n";

/** One request on a connection of its own: the status that comes, or how the connection ends without one. */
export async function askBare(stand: Stand, path = "/"): Promise<string> {
  const bare = await dial(stand);
  bare.socket.end(get.replace(" / ", ` ${path} `));
  const ending = await bare.ending();
  bare.socket.destroy();
  return /^HTTP\/1\.1 (\d{3})/.exec(bare.text)?.[1] ?? ending;
}

export async function askInTurn(stand: Stand, times: number): Promise<string[]> {
  const came: string[] = [];
  for (let turn = 0; turn < times; turn++) came.push(await askBare(stand));
  return came;
}
