import { connect } from "node:net";
import { withDeadline } from "./deadline.ts";

/** How far a connect of our own has come. */
type ProbeState = "connecting" | "connected" | "answered" | "ended";

/** An own connection that is left open, to show that nobody answers it for as long as others wait too. */
export interface PendingProbe extends Disposable {
  state(): ProbeState;
  /** Resolves when the kernel has accepted it. */
  connected(milliseconds: number): Promise<void>;
  /** Resolves with `answered` or `ended` when one of them is true. */
  settled(milliseconds: number): Promise<ProbeState>;
}

/** Connects and asks for `path`. */
export function openProbe(host: string, port: number, path = "/"): PendingProbe {
  let state: ProbeState = "connecting";
  const connected = Promise.withResolvers<void>();
  const settled = Promise.withResolvers<ProbeState>();
  const settle = (to: ProbeState) => {
    if (state !== "answered") state = to;
    settled.resolve(state);
  };
  const socket = connect({ host, port });
  socket.on("connect", () => {
    state = "connected";
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\n\r\n`);
    connected.resolve();
  });
  socket.on("data", () => settle("answered"));
  socket.on("error", () => {}); // a reset is an end too
  socket.on("close", () => settle("ended"));
  return {
    state: () => state,
    connected: (milliseconds) => withDeadline(connected.promise, milliseconds, `${host}:${port} did not accept us`),
    settled: (milliseconds) =>
      withDeadline(settled.promise, milliseconds, `${host}:${port} neither answered nor closed`),
    [Symbol.dispose]: () => void socket.destroy(),
  };
}
