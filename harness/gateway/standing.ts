import type { Ejection, HealthCheck } from "../plan.ts";

/** How one upstream stands: whether requests may go there, by what checks and requests have shown. */
export class Standing {
  readonly #ejection: Ejection | undefined;
  readonly #rise: number;
  readonly #fall: number;
  #healthy = true;
  /** Equal results of checks in a row. */
  #streak = 0;
  #failures = 0;
  #outUntil = 0;

  constructor(health: HealthCheck | undefined, ejection: Ejection | undefined) {
    this.#ejection = ejection;
    this.#rise = health?.rise ?? 1;
    this.#fall = health?.fall ?? 1;
  }

  get up(): boolean {
    return this.#healthy && performance.now() >= this.#outUntil;
  }

  /** An active check has come back. */
  checked(good: boolean): void {
    this.#streak = good === this.#healthy ? 0 : this.#streak + 1;
    if (this.#streak < (good ? this.#rise : this.#fall)) return;
    this.#healthy = good;
    this.#streak = 0;
  }

  /** A request has got a response head. */
  succeeded(): void {
    this.#failures = 0;
  }

  /** A request has failed before a response head came. */
  failed(): void {
    if (this.#ejection === undefined) return;
    this.#failures += 1;
    if (this.#failures < this.#ejection.failures) return;
    this.#failures = 0;
    this.#outUntil = performance.now() + this.#ejection.for;
  }
}
