import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { AccessRecord } from "../../harness/gateway/access-record.ts";
import { type Gateway, startGateway } from "../../harness/gateway/gateway.ts";
import type { GatewaySettings } from "../../harness/gateway/options.ts";
import type { Timers } from "../../harness/plan.ts";
import { backend } from "./backend.ts";

/** Short timers, so that what runs out does so soon. */
export const shortTimers: Timers = { resolve: 150, connect: 150, tls: 150, send: 150, head: 150, idle: 150, total: 0 };

/** An upstream of bare bytes, with a gateway in front of it. */
export interface Stand extends AsyncDisposable {
  readonly gateway: Gateway;
  readonly records: AccessRecord[];
  /** Everything that each connection to the upstream has carried, as latin1. */
  readonly heard: string[];
  ask(text: string): Promise<Reply>;
}

/** What a client got for its bytes. */
export interface Reply {
  readonly text: string;
  readonly ending: "fin" | "rst" | "deadline";
  readonly took: number;
}

/** Stands a gateway before an upstream that plays `play` on every connection. */
export async function stand(
  play: (socket: Socket, connection: number) => void,
  settings: Partial<GatewaySettings> = {},
): Promise<Stand> {
  const upstream = await backend(play);
  const records: AccessRecord[] = [];
  const gateway = await startGateway({
    upstreams: [upstream.url],
    timers: shortTimers,
    name: "gw",
    ...settings,
    onAnswered: (record) => records.push(record),
  }).catch(async (error) => {
    await upstream[Symbol.asyncDispose]();
    throw error;
  });
  return {
    gateway,
    records,
    heard: upstream.heard,
    ask: (text) => ask(gateway.url, text),
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]();
      await upstream[Symbol.asyncDispose]();
    },
  };
}

/** Calls back for every request head that has come whole on a connection, counted from 0. */
export function onRequest(socket: Socket, answer: (request: number) => void): void {
  let text = "";
  let count = 0;
  socket.on("data", (chunk) => {
    text += chunk.toString("latin1");
    for (let end = text.indexOf("\r\n\r\n"); end !== -1; end = text.indexOf("\r\n\r\n")) {
      text = text.slice(end + 4);
      answer(count++);
    }
  });
}

/** Sends bytes to the gateway and hears what comes back until the connection ends. */
export async function ask(url: URL, text: string, patience = 5_000): Promise<Reply> {
  const began = performance.now();
  const client = connect(Number(url.port), url.hostname);
  let received = "";
  let ending: Reply["ending"] = "fin";
  client.on("data", (chunk) => {
    received += chunk.toString("latin1");
  });
  client.on("error", () => {
    ending = "rst";
  });
  client.write(text, "latin1");
  const deadline = setTimeout(() => {
    ending = "deadline";
    client.destroy();
  }, patience);
  await once(client, "close").catch(() => undefined);
  clearTimeout(deadline);
  return { text: received, ending, took: performance.now() - began };
}

export function get(path = "/", ...fields: string[]): string {
  return `${[`GET ${path} HTTP/1.1`, "Host: example.test", "Connection: close", ...fields].join("\r\n")}\r\n\r\n`;
}

export function statusOf(reply: Reply): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(finalPart(reply.text))?.[1] ?? 0);
}

/** The error type in `Proxy-Status`. */
export function errorOf(reply: Reply): string | undefined {
  return /^proxy-status: .*?;error=([a-z_]+)/im.exec(reply.text)?.[1];
}

/** The text from the final status line on. */
function finalPart(text: string): string {
  return text.replace(/^(?:HTTP\/1\.1 1\d\d [^\0]*?\r\n\r\n)+/, "");
}
