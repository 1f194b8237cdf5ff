/**
 * Runs one task for all who ask. One that is under way may have begun before what the asker wants of it: whoever asks
 * meanwhile gets the next run, and shares it with all others who do.
 */
export function nextRunOf(task: () => Promise<void>): () => Promise<void> {
  let last = Promise.resolve();
  let next: Promise<void> | undefined;
  return () => {
    next ??= last.then(() => {
      next = undefined;
      return task();
    });
    last = next.catch(() => {}); // whoever has asked hears of it
    return next;
  };
}
