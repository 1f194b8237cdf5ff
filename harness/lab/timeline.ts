import type { Note } from "../trial.ts";

/** More than any scenario needs; a flood of notes must not fill the memory. */
const MOST_NOTES = 2_000;

/** A note with the moment at which it was taken. */
interface TakenNote extends Omit<Note, "at"> {
  readonly when: number;
}

/** What one of several clients notes, and sees. */
export interface Aside {
  note(act: string, detail?: string): void;
  notes(): Note[];
}

/** What every side of one trial did, on one clock. Actors may wait for each other's acts. */
export class Timeline {
  readonly #notes: TakenNote[] = [];
  readonly #counts = new Map<string, number>();
  readonly #waiting = new Set<{ act: string; times: number; resolve: () => void }>();
  #zero = performance.now();

  /** The clock's zero: the moment the first ask begins. */
  start(): void {
    this.#zero = performance.now();
  }

  /** Milliseconds since the first ask began. */
  now(): number {
    return performance.now() - this.#zero;
  }

  note(who: string, act: string, detail?: string): void {
    const count = (this.#counts.get(act) ?? 0) + 1;
    this.#counts.set(act, count);
    if (this.#notes.length < MOST_NOTES)
      this.#notes.push({ when: performance.now(), who, act, ...(detail && { detail }) });
    for (const waiting of this.#waiting) {
      if (waiting.act !== act || waiting.times > count) continue;
      this.#waiting.delete(waiting);
      waiting.resolve();
    }
  }

  /** The view of a further client, who asks the same at another door: what all others did, and acts of its own. */
  aside(who: string): Aside {
    const own: TakenNote[] = [];
    return {
      note: (act, detail) => void own.push({ when: performance.now(), who, act, ...(detail && { detail }) }),
      notes: () => this.#told([...this.#notes.filter((note) => note.who !== who), ...own]),
    };
  }

  /** Resolves when the act has been noted so often, now or in the past. */
  noted(act: string, times = 1): Promise<void> {
    if ((this.#counts.get(act) ?? 0) >= times) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.add({ act, times, resolve });
    return promise;
  }

  /** The record, in order of time, in milliseconds after the first ask to a tenth. */
  notes(): Note[] {
    return this.#told(this.#notes);
  }

  #told(notes: readonly TakenNote[]): Note[] {
    const inOrder = notes.toSorted((a, b) => a.when - b.when);
    return inOrder.map(({ when, ...note }) => ({ at: Math.round((when - this.#zero) * 10) / 10, ...note }));
  }
}
