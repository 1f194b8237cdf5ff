import { connect } from "node:tls";
import type { DiagnoseOptions } from "./options.ts";
import type { Target } from "./target.ts";

/** A server that speaks TLS answers a ClientHello at once, in milliseconds. */
const longest = 1_000;

/** Whether the port answers a ClientHello of ours, on a connection of its own, whatever certificate it shows. */
export function speaksTls({ host, port }: Target, { timers, signal }: DiagnoseOptions): Promise<boolean> {
  if (host === undefined || port === undefined) return Promise.resolve(false);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const tls = connect({ host, port, rejectUnauthorized: false });
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
