import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { ErrorType } from "../cause.ts";

/** What became of one request. */
export interface AccessRecord {
  /** When the request's head had come, in milliseconds since the epoch. */
  readonly at: number;
  /** `address:port` of the client; unset when it has left before the first look. */
  readonly client?: string;
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
  readonly cause?: ErrorType;
  readonly details?: string;
  /** Every connection tried, in order. */
  readonly upstreams: readonly UpstreamRecord[];
  /** Octets of content sent to the client, of its own making included. */
  readonly sent: number;
  /** Milliseconds from the request's head to the end. */
  readonly took: number;
  /** The line of a log in the format of the proxy that is imitated, where one is. */
  readonly line?: string;
}

/** The client's address, as a record has it. */
export function clientOf(socket: Duplex): Pick<AccessRecord, "client"> {
  if (!(socket instanceof Socket) || socket.remoteAddress === undefined) return {};
  return { client: `${socket.remoteAddress}:${socket.remotePort}` };
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
  readonly cause?: ErrorType;
}
