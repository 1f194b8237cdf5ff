/**
 * Disposes of all at once, where a stack would do it one after the other, and waits for every one of them.
 * @throws the error, or an AggregateError of all, when some could not be disposed of
 */
export async function disposeTogether(all: readonly AsyncDisposable[]): Promise<void> {
  const ended = await Promise.allSettled(all.map((each) => each[Symbol.asyncDispose]()));
  const errors = ended.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  if (errors.length > 1) throw new AggregateError(errors, errors.map(String).join("; "));
  if (errors.length === 1) throw errors[0];
}
