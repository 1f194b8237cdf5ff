import type { CauseOf, OwnAnswer } from "./own-answer.ts";

/** What is promised is awaited; then the matcher must be, too. */
type Later<R, T> = T extends PromiseLike<unknown> ? Promise<void> : R;

type Timed = Pick<OwnAnswer, "after" | "within">;

/**
 * What `expect` has more. Each takes an exchange of the lab's own client, a trial, a cell, a response of supertest or
 * fetch, the error of either, or the promise of one of these, which then has to be awaited.
 */
export interface BadgatewayMatchers<R, T> {
  /** A 502 of the proxy's own making, not one that it has relayed; with its cause, where the proxy tells one. */
  toBeBadGateway(wanted?: { readonly cause?: CauseOf<502> }): Later<R, T>;
  /** A 503 of the proxy's own making. */
  toBeServiceUnavailable(wanted?: { readonly cause?: CauseOf<503> } & Timed): Later<R, T>;
  /**
   * A 504 of the proxy's own making.
   * @param wanted `after`: milliseconds before which it must not come, and after which it must within 2,000, or what
   * `within` says
   */
  toBeGatewayTimeout(wanted?: { readonly cause?: CauseOf<504> } & Timed): Later<R, T>;
  /** A message whose head was there, and which visibly ended early. A `Response` of fetch is read, so await it. */
  toBeBrokenOff(): T extends Response ? Promise<void> : Later<R, T>;
}

declare module "vitest" {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown>
    extends BadgatewayMatchers<R, T> {}
}
