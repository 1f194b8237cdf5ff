import type { Cause } from "../cause.ts";

/** What became of one request. */
export interface AccessRecord {
  /** When the request's head had come, in milliseconds since the epoch. */
  readonly at: number;
  readonly method: string;
  readonly target: string;
  /**
   * - `relayed`: the upstream's response, whole
   * - `own`: a response of the gateway's making
   * - `cut`: the upstream's response, broken off
   * - `switched`: the connection went over to another protocol, and has ended
   * - `gone`: the client left before the end
   */
  readonly outcome: "relayed" | "own" | "cut" | "switched" | "gone";
  /** Status sent to the client; unset when none was. */
  readonly status?: number;
  readonly cause?: Cause;
  readonly details?: string;
  /** Every connection tried, in order. */
  readonly upstreams: readonly UpstreamRecord[];
  /** Octets of content sent to the client. */
  readonly sent: number;
  /** Milliseconds from the request's head to the end. */
  readonly took: number;
}

/** The upstream's part in one try. Times in milliseconds since the request's head. */
export interface UpstreamRecord {
  readonly url: string;
  /** Unset when no connection came about. */
  readonly address?: string;
  /** The connection had carried requests before. */
  readonly reused?: true;
  readonly connected?: number;
  /** The response's head had come. */
  readonly head?: number;
  readonly status?: number;
  readonly cause?: Cause;
}

/** One line of an access log for people. */
export function accessLine(record: AccessRecord): string {
  const { at, method, target, outcome, status = "-", cause = "-", details, upstreams, sent, took } = record;
  const hops = upstreams.map(upstreamWord).join(", ") || "-";
  const why = details === undefined ? "" : ` ${JSON.stringify(details)}`;
  const time = new Date(at).toISOString();
  return `${time} ${method} ${target} ${status} ${outcome} ${cause} ${sent}B ${took.toFixed(1)}ms upstream=[${hops}]${why}`;
}

function upstreamWord({ url, address, reused, connected, head, status, cause }: UpstreamRecord): string {
  const times = `connect=${connected?.toFixed(1) ?? "-"} head=${head?.toFixed(1) ?? "-"}`;
  return `${address ?? url}${reused ? " reused" : ""} ${status ?? "-"} ${cause ?? "-"} ${times}`;
}
