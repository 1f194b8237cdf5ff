import type { Framing } from "../client/framing.ts";
import type { ResponseHead } from "../client/response-head.ts";
import type { Failure } from "../mishap.ts";
import type { TimerName } from "../plan.ts";

/** How the wait for a response ended. */
export type CourseEnd =
  | { readonly by: "whole" }
  /** The upstream has closed its side; `truncated`: a TLS session without its `close_notify`. */
  | { readonly by: "fin"; readonly truncated: boolean }
  | { readonly by: "rst" }
  | { readonly by: "error"; readonly error: Error }
  /** Bytes that can be no response. */
  | { readonly by: "broken"; readonly part: "head" | "content"; readonly failure: Failure }
  /** The content was still coming when it had been looked at for long enough. */
  | { readonly by: "enough" }
  /** `quiet`: milliseconds since the last byte, unset when none has come. */
  | { readonly by: "timer"; readonly timer: TimerName; readonly limit: number; readonly quiet?: number };

/** What came of one request. Times in milliseconds since it began. */
export interface Course {
  readonly end: CourseEnd;
  readonly took: number;
  /** The whole request had been taken by the kernel; unset when that never was. */
  readonly written?: number;
  /** The response's head was whole. */
  readonly headAt?: number;
  readonly head?: ResponseHead;
  readonly interim: readonly number[];
  readonly framing?: Framing;
  readonly bodyBytes: number;
  /** The beginning of the content, as latin1. */
  readonly content: string;
  /** Something was sent. */
  readonly asked: boolean;
  /** Octets that came before anything was sent. */
  readonly early: number;
  /** Octets of the final response's head, as far as it has come; what was interim before it does not count. */
  readonly begun: number;
  /** The beginning of all that was received, as latin1. */
  readonly beginning: string;
  /** Octets behind the message, in the same read as its end. */
  readonly extra: number;
  /** Octets that came when the message had been whole: on a connection on which nothing was asked. */
  readonly unasked: number;
  /** The connection may carry another request. */
  readonly reusable: boolean;
}
