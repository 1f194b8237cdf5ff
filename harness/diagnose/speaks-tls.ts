import { isIP } from "node:net";
import { connect } from "node:tls";
import type { Line } from "./line.ts";
import type { DiagnoseOptions } from "./options.ts";
import type { Target } from "./target.ts";

/** A server that speaks TLS answers a ClientHello at once, in milliseconds. */
const longest = 1_000;

/** Whether a ClientHello of ours is answered where the line leads, on a connection of its own, whatever certificate is shown. */
export function speaksTls(
  { host = "" }: Target,
  { to }: Pick<Line, "to">,
  { timers, signal }: DiagnoseOptions,
): Promise<boolean> {
  if ("path" in to) return Promise.resolve(false);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const tls = connect({ ...to, rejectUnauthorized: false, ...(isIP(host) === 0 && { servername: host }) });
  const no = () => resolve(false);
  const clock = setTimeout(no, Math.min(timers.tls || longest, longest));
  tls.once("secureConnect", () => resolve(true));
  // An alert is an answer in TLS, too.
  tls.on("error", (error) => resolve(/SSL alert number/.test(error.message)));
  tls.once("close", no);
  signal?.addEventListener("abort", no);
  return promise.finally(() => {
    clearTimeout(clock);
    signal?.removeEventListener("abort", no);
    tls.destroy();
  });
}
