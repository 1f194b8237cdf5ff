/** What the application is told when it starts. */
export interface AppOrder {
  /** One for each proxy that it stands behind. */
  readonly sites: readonly Site[];
  /** Unset: none, which starts in less than half the time. */
  readonly framework?: "express";
  /** How it handles a request once armed. */
  readonly handling: Handling;
  /** How many files it opens when armed; it stops where it may not open any more. */
  readonly openFiles?: number;
  /** Milliseconds that `compute` takes. */
  readonly compute?: number;
  /** MiB that `hoard` keeps in memory before it answers. */
  readonly hoard?: number;
}

/** Where the application listens, and in whose name it answers there. */
export interface Site {
  /** Address to listen on. */
  readonly host: string;
  /** 0: the kernel's choice. */
  readonly port: number;
  /** Marks its answers as the origin's. */
  readonly nonce: string;
}

/**
 * - `serve`: answers
 * - `hold`: never answers
 * - `when-told`: answers once it reads `go` on its standard input
 * - `throw`: throws in the handler itself, which a framework catches and hands to the error handler
 * - `throw-later`: throws in a callback once it reads `go`, which nobody catches
 * - `half-body`: sends the head and half the body, and no more
 * - `compute`: keeps the process's one thread busy, then answers
 * - `hoard`: gathers rows in memory once it reads `go`, then answers
 */
export type Handling = "serve" | "hold" | "when-told" | "throw" | "throw-later" | "half-body" | "compute" | "hoard";
