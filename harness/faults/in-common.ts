import type { Backend } from "../fault.ts";
import { withDeadline } from "../net/deadline.ts";

/** Milliseconds that one may be behind the others. */
const patience = 30_000;

/** What several proxies stand in front of. */
interface Common<Site> {
  /** Where each of them meets it. */
  readonly sites: readonly Site[];
  /** Starts it, and resolves when it is sound. Unset: it is. */
  start?(): Promise<unknown>;
  at(site: Site): Pick<Backend, "url" | "resolver">;
  arm(): Promise<void>;
  prove(site: Site): Promise<void>;
  close(): PromiseLike<void>;
}

/** The backends of all sites: armed together when each of them is, or has been closed; closed with the last of them. */
export function inCommon<Site>({ sites, start, at, arm, prove, close }: Common<Site>): readonly Backend[] {
  const open = new Set(sites);
  const missing = new Set(sites);
  const complete = Promise.withResolvers<void>();
  let armed: Promise<void> | undefined;
  const here = (site: Site) => {
    missing.delete(site);
    if (missing.size === 0) complete.resolve();
  };
  return sites.map((site) => ({
    ...at(site),
    ...(start && { start }),
    async arm() {
      here(site);
      await withDeadline(complete.promise, patience, "Not everybody in front of the same backend was ready");
      if (!open.has(site)) throw new Error("the backend has been closed");
      armed ??= arm();
      await armed;
    },
    prove: () => prove(site),
    async [Symbol.asyncDispose]() {
      here(site);
      if (open.delete(site) && open.size === 0) await close();
    },
  }));
}

/** Milliseconds that one request may be behind the first: no timer of theirs runs out meanwhile. */
const lag = 500;

/** Does something once: when it has been heard of from so many sites, or is overdue from some. */
export function onceFrom(count: number, act: () => void): Disposable & { heard(site: number): void } {
  const heard = new Set<number>();
  let overdue: NodeJS.Timeout | undefined;
  let over = false;
  const go = () => {
    if (over) return;
    over = true;
    clearTimeout(overdue);
    act();
  };
  return {
    heard(site) {
      heard.add(site);
      if (heard.size >= count) go();
      else if (!over) overdue ??= setTimeout(go, lag);
    },
    [Symbol.dispose]() {
      over = true;
      clearTimeout(overdue);
    },
  };
}
