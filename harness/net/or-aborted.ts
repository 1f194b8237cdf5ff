/**
 * Does not wait for what is under way when the signal comes: closing the scene under it ends it.
 * @throws the signal's reason then
 */
export async function orAborted<T>(signal: AbortSignal, fact: Promise<T>): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort);
  try {
    if (signal.aborted) abort();
    return await Promise.race([aborted, fact]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
