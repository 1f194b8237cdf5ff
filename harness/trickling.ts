/**
 * Whether bytes kept coming until a timer ran out: it is not the next read then that took too long, but the whole
 * (RFC 9209 §2.3.26).
 * @param quiet milliseconds since the last byte, unset when none has come
 * @param limit of the timer, in milliseconds
 */
export function isTrickling(quiet: number | undefined, limit: number): boolean {
  return quiet !== undefined && quiet < limit / 2;
}
