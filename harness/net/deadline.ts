/**
 * Waits for a fact, but not for ever.
 * @param what the beginning of a sentence that ends with "within N ms": `The child did not start`
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
