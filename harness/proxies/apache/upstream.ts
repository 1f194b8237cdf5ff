import type { Plan } from "../../plan.ts";

/** The grain of `timeout`, in milliseconds. */
export const unit = 1_000;

/** An upstream as Apache writes it: `http://127.0.0.1:80`, `unix:/path|http://localhost`. */
export function workerUrl(url: string): string {
  if (url.startsWith("unix:")) return `${url}|http://localhost`;
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}

/**
 * Of the seven clocks Apache has two. `connectiontimeout` bounds TCP; `timeout`, which takes whole seconds, every read
 * and write thereafter, those of the handshake too, so that it is given the head's. Nothing bounds the exchange as a
 * whole, and names are the system's affair.
 */
export function workerSettings({ timers, keepAlive, headLimit, connections }: Plan): string {
  return [
    `connectiontimeout=${seconds(timers.connect)}`,
    `timeout=${seconds(timers.head)}`,
    // No failed connect answers for the next request: out of the box its upstream is left out for a minute.
    "retry=0",
    `disablereuse=${keepAlive ? "Off" : "On"}`,
    // Of one line, status line and fields alike: what comes nearest to the size of a head.
    `responsefieldsize=${headLimit}`,
    "upgrade=websocket",
    // Without "acquire" a request waits for a connection without end.
    ...(connections === undefined ? [] : [`max=${connections}`, "acquire=1"]),
  ].join(" ");
}

/** Apache has no "never": what is off becomes a day. */
function seconds(milliseconds: number): number {
  return milliseconds === 0 ? 86_400 : Math.ceil(milliseconds / unit);
}
