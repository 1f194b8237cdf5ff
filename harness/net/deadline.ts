/**
 * Waits for a fact, but not for ever.
 * @param what completes the sentence "… did not happen within N ms"
 * @throws Error when `milliseconds` have passed first
 */
export async function withDeadline<T>(fact: Promise<T>, milliseconds: number, what: string): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`${what} within ${milliseconds} ms`)), milliseconds);
  try {
    return await Promise.race([fact, promise]);
  } finally {
    clearTimeout(timer);
  }
}
