import { disposeTogether } from "./dispose-together.ts";

/**
 * Opens several at once, and closes them at once when the stack is disposed of. When one cannot be opened the others
 * are waited for: what came after a rejection would be nobody's to close.
 * @throws the first error, when every one has opened or failed
 */
export async function openTogether<T extends readonly AsyncDisposable[]>(
  stack: AsyncDisposableStack,
  openings: { readonly [K in keyof T]: Promise<T[K]> },
): Promise<T> {
  const opened: AsyncDisposable[] = [];
  stack.defer(() => disposeTogether(opened));
  const settled = await Promise.allSettled(openings.map(async (opening) => void opened.push(await opening)));
  const failed = settled.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
  return Promise.all(openings) as Promise<unknown> as Promise<T>;
}
