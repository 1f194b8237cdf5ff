import type { Plan, TimerName } from "../../harness/plan.ts";
import { blackHole, type PlainBackend, silentResolver, tcpBackend } from "./backends.ts";

/** A backend that goes on for ever at one point, which is where one timer must end the wait. */
export interface Stall {
  readonly timer: Exclude<TimerName, "total">;
  open(): Promise<PlainBackend>;
  plan(backend: PlainBackend): Partial<Plan>;
  /** Octets of the request body. */
  readonly upload?: number;
  /**
   * What the client must see: an answer of the proxy's own, the origin's 200 broken off, or, where some proxies do not
   * answer any more, an answer or a connection closed without one.
   */
  readonly ends: "answered" | "answered or closed" | "broken off";
}

const passing = ({ url }: PlainBackend): Partial<Plan> => ({ upstreams: [url] });
const halfAnswer = `HTTP/1.1 200 OK\r\nContent-Length: 8192\r\n\r\n${"x".repeat(4096)}`;

export const stalls: readonly Stall[] = [
  {
    timer: "resolve",
    open: silentResolver,
    plan: ({ url }) => ({ upstreams: ["http://nowhere.test:80"], resolver: url }),
    ends: "answered",
  },
  { timer: "connect", open: blackHole, plan: passing, ends: "answered" },
  {
    timer: "tls",
    open: () => tcpBackend((socket) => socket.resume()),
    plan: ({ url }) => ({ upstreams: [url.replace("http:", "https:")] }),
    ends: "answered",
  },
  {
    timer: "send",
    open: () => tcpBackend((socket) => socket.pause()),
    plan: passing,
    upload: 32 * 2 ** 20,
    ends: "answered or closed",
  },
  { timer: "head", open: () => tcpBackend((socket) => socket.resume()), plan: passing, ends: "answered" },
  {
    timer: "idle",
    open: () => tcpBackend((socket) => socket.once("data", () => socket.write(halfAnswer)).resume()),
    plan: passing,
    ends: "broken off",
  },
];
