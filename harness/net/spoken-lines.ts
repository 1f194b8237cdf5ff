import { withDeadline } from "./deadline.ts";
import { messageOf } from "./message-of.ts";

/** How many lines are kept. */
const LINES_KEPT = 200;

/** What a program writes, line by line, and who waits for it. */
export class SpokenLines {
  /** Called with every line. */
  readonly listeners = new Set<(line: string) => void>();
  readonly #kept: string[] = [];

  take(line: string): void {
    if (this.#kept.push(line) > LINES_KEPT) this.#kept.shift();
    for (const listener of this.listeners) listener(line);
  }

  /** What was written last. */
  kept(): readonly string[] {
    return this.#kept;
  }

  /**
   * Waits for a line, said already or to come, of which `pick` makes something.
   * @param what completes the sentence "… within N ms"
   * @param ended resolves when nothing more will come, with the reason
   * @throws Error with the last lines when the deadline passes, or when the program ends first
   */
  async heard<T>(
    pick: (line: string) => T | undefined,
    milliseconds: number,
    what: string,
    ended: Promise<string>,
  ): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const listener = (line: string) => {
      const picked = pick(line);
      if (picked !== undefined) resolve(picked);
    };
    this.listeners.add(listener);
    for (const line of this.#kept) listener(line);
    ended.then((why) => reject(new Error(`${what}: ${why}`)));
    try {
      return await withDeadline(promise, milliseconds, what);
    } catch (error) {
      const said = this.#kept.length > 0 ? `its last lines:\n${this.#kept.slice(-20).join("\n")}` : "it said nothing";
      throw new Error(`${messageOf(error)}; ${said}`, { cause: error });
    } finally {
      this.listeners.delete(listener);
    }
  }
}
