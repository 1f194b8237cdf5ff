import type { Reply } from "../client.ts";
import type { RunningProxy } from "../driver.ts";
import { tls } from "../faults/tls.ts";
import { healthy } from "../faults/wire.ts";
import type { Grounds } from "../lab/grounds.ts";
import { openScene, type Scene } from "../lab/scene.ts";
import { messageOf } from "../net/message-of.ts";
import { defaultPlan, defaultTimers } from "../plan.ts";
import { soundThrough, told } from "./sound.ts";
import type { Lane, Subject } from "./subject.ts";

export interface ReachOptions {
  readonly subject: Subject;
  readonly base: string;
  readonly grounds: Grounds;
  /** Milliseconds that the proxy may take to find a sound backend. */
  readonly settle: number;
  readonly signal: AbortSignal;
}

/** Whether a check can say anything: sound backends, asked through the proxy before any fault is brought up. */
export type Reach =
  | { readonly kind: "reached" }
  /** The proxy is not there, or our ports are not to be had. */
  | { readonly kind: "unusable"; readonly why: string }
  /** The proxy answers, but not with what our backends say. */
  | { readonly kind: "void"; readonly why: string };

export async function reach(lane: Lane, { subject, base, grounds, settle, signal }: ReachOptions): Promise<Reach> {
  if (subject.byPath) return reachByPath(subject.byPath, lane, { settle, signal });
  const sound = subject.tls ? tls() : healthy();
  const upstreams = Array.from({ length: subject.upstreams }, () => sound);
  await using opening = new AsyncDisposableStack();
  let scene: Scene;
  let proxy: RunningProxy;
  try {
    const { places } = lane;
    const options = { grounds, timers: defaultTimers, seed: 1, signal, ...(places && { places }) };
    scene = await openScene({ upstreams }, options);
    opening.use(scene);
  } catch (error) {
    return { kind: "unusable", why: `our backends cannot listen: ${messageOf(error)}` };
  }
  try {
    const plan = scene.plan(defaultPlan(defaultTimers, grounds.ca));
    const driver = lane.reachable ?? lane.driver;
    proxy = opening.use(await driver.start([plan], { folder: await grounds.folder(), signal }));
  } catch (error) {
    signal.throwIfAborted();
    return { kind: "unusable", why: messageOf(error) };
  }
  const [route] = proxy.routes;
  if (!route) throw new RangeError("the proxy has no route, wanted one");
  await Promise.all(scene.backends.map((backend) => backend.arm(route)));
  const untouched = () => !scene.timeline.notes().some(({ act }) => act === "accepted");
  const url = new URL(`${base}/`, route);
  try {
    // Who answers otherwise than with an error of a proxy, and has not even tried us, will not do so in a while.
    const why = await soundThrough(url, {
      times: 2 * subject.upstreams - 1,
      patience: settle,
      signal,
      givenUp: (reply) => (untouched() && (reply.response?.status ?? 500) < 500 ? told(reply) : undefined),
    });
    return why === undefined ? { kind: "reached" } : { kind: "void", why: reasonOf(scene, why, lane) };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: "unusable", why: `${url.href} cannot be asked: ${messageOf(error)}` };
  }
}

/** The backend is somewhere else: its sound page, asked through the proxy, shows that it is there. */
async function reachByPath(
  url: URL,
  { driver }: Lane,
  { settle, signal }: Pick<ReachOptions, "settle" | "signal">,
): Promise<Reach> {
  const where = new URL(`${url.pathname.replace(/\/+$/, "")}/control/healthy`, url);
  try {
    await driver.start([], { folder: "", signal });
    const givenUp = (reply: Reply) => ((reply.response?.status ?? 500) < 500 ? told(reply) : undefined);
    const why = await soundThrough(where, { times: 1, patience: settle, signal, givenUp });
    if (why === undefined) return { kind: "reached" };
    const wanted = "wanted the sound page of a backend of ours: does the proxy forward to “badgateway backend”?";
    return { kind: "void", why: `${where.href}: ${wanted} The client got ${why}` };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: "unusable", why: `${where.href} cannot be asked: ${messageOf(error)}` };
  }
}

/** The likely reason, from what our backends saw. */
function reasonOf({ timeline, wires, backends }: Scene, got: string, { places }: Lane): string {
  const where = (places?.map(({ address, port }) => `${address}:${port}`) ?? backends.map(({ url }) => url)).join(", ");
  const notes = timeline.notes().filter(({ who }) => who !== "client");
  const saw = (act: string) => notes.some((note) => note.act === act);
  const octets = wires.records().map(({ received }) => received.first);
  if (!saw("accepted"))
    return `our backend on ${where} never saw the request: the proxy forwards elsewhere, or thinks that nobody is there. The client got ${got}`;
  if (octets.some((text) => text.startsWith("\x16\x03")))
    return `the proxy speaks TLS to our backend on ${where}: --tls. The client got ${got}`;
  if (saw("no-client-hello") || saw("handshake-failed"))
    return `no TLS handshake with our backend on ${where} came to its end: does the proxy speak TLS to it, and trust its authority? The client got ${got}`;
  if (!saw("request-read"))
    return `the proxy connected to our backend on ${where} and sent no request of HTTP/1.1. The client got ${got}`;
  return `our backend on ${where} answered, and the client got something else: ${got}`;
}
